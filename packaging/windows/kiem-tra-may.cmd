@echo off
setlocal EnableExtensions
title Mot Cua: kiem tra may
echo Mot Cua - may nay co chay duoc khong? Khong cai gi, khong sua gi.
echo.
set "KEY=HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
set "NAME="
set "BUILD="
set "SHOWN="
set "LIST=%TEMP%\motcua-kiem-tra.txt"
reg query "%KEY%" > "%LIST%" 2>nul
for /f "usebackq tokens=1,2,*" %%a in ("%LIST%") do if "%%a"=="ProductName" set "NAME=%%c"
for /f "usebackq tokens=1,2,*" %%a in ("%LIST%") do if "%%a"=="CurrentBuild" set "BUILD=%%c"
for /f "usebackq tokens=1,2,*" %%a in ("%LIST%") do if "%%a"=="DisplayVersion" set "SHOWN=%%c"
del "%LIST%" 2>nul
if not defined BUILD set "BUILD=0"
rem Windows 11 still calls itself Windows 10 in this key.
if defined NAME if %BUILD% GEQ 22000 set "NAME=%NAME:Windows 10=Windows 11%"
set "BITS=32"
if /i "%PROCESSOR_ARCHITECTURE%"=="AMD64" set "BITS=64"
if /i "%PROCESSOR_ARCHITECTURE%"=="ARM64" set "BITS=64"
if defined PROCESSOR_ARCHITEW6432 set "BITS=64"
rem A program of x64 runs on ARM in Windows 11 alone. A shell of x86 names the processor in the second variable.
set "ARM="
if /i "%PROCESSOR_ARCHITECTURE%"=="ARM64" set "ARM=1"
if /i "%PROCESSOR_ARCHITEW6432%"=="ARM64" set "ARM=1"
rem wmic ends lines with two carriage returns; the inner loop drops the one that is left.
set "MEMORY="
set "FREE="
for /f "tokens=2 delims==" %%a in ('wmic computersystem get TotalPhysicalMemory /value 2^>nul') do for /f %%b in ("%%a") do set "MEMORY=%%b"
if not defined MEMORY for /f %%a in ('powershell -NoProfile -Command "[string](Get-CimInstance Win32_ComputerSystem).TotalPhysicalMemory" 2^>nul') do set "MEMORY=%%a"
for /f "tokens=2 delims==" %%a in ('wmic logicaldisk where "DeviceID='%SystemDrive%'" get FreeSpace /value 2^>nul') do for /f %%b in ("%%a") do set "FREE=%%b"
if not defined FREE for /f %%a in ('powershell -NoProfile -Command "[string](Get-PSDrive %SystemDrive:~0,1%).Free" 2^>nul') do set "FREE=%%a"
rem set /a stops at 2 147 483 647, so the last six digits are dropped: megabytes.
set "MEMORY_MB=khong ro"
set "FREE_MB=khong ro"
if defined MEMORY set "MEMORY_MB=%MEMORY:~0,-6%"
if defined FREE set "FREE_MB=%FREE:~0,-6%"
echo   Windows:          %NAME% %SHOWN%
echo   Ban dung, build:  %BUILD%
echo   Loai:             %BITS% bit
echo   Bo nho RAM, MB:   %MEMORY_MB%
echo   O %SystemDrive% con trong, MB: %FREE_MB%
echo.
if not "%BITS%"=="64" goto bits
if %BUILD% LSS 17763 goto old
if defined ARM if %BUILD% LSS 22000 goto arm
echo   KET QUA: DUNG DUOC.
set "STATUS=0"
goto end
:arm
echo   KET QUA: CHUA DUNG DUOC. May dung CPU ARM; Windows 10 tren ARM khong chay duoc ban nay, can Windows 11.
echo   Cach xu ly: 1. Nang len Windows 11 tren chinh may nay.
echo               2. Ban nay dung bien nhan trang da danh so, may khac nhap thay.
set "STATUS=3"
goto end
:bits
echo   KET QUA: CHUA DUNG DUOC. Windows 32 bit; can Windows 10 ban 1809 tro len hoac Windows 11, loai 64 bit.
goto ways
:old
echo   KET QUA: CHUA DUNG DUOC. Windows qua cu; can Windows 10 ban 1809, build 17763, tro len hoac Windows 11.
:ways
echo   Cach xu ly: 1. Cai Windows 10 22H2 hoac LTSC 64 bit tren chinh may nay, neu CPU la 64 bit.
echo               2. Cai Debian 12 voi man hinh nhe, roi chay install.py.
echo               3. Ban nay dung bien nhan trang da danh so, may khac nhap thay.
set "STATUS=3"
:end
echo.
if /i not "%~1"=="/S" pause
exit /b %STATUS%
