; Installer of one account, without an administrator. Everything lies below $INSTDIR:
;   chuong-trinh  the program     moi  the new one while it is unpacked and tried     cu  the former one until the new
;   one has opened its data once     cap-nhat  an update that is being done     motcua.exe  starts chuong-trinh
; Data of an office are never here and never touched. Exit status: 0 installed, 1 or 2 stopped before anything changed,
; 3 Windows too old, 4 the new program does not run on this PC, 5 the window is open.
; The build passes VERSION, FILES (the list of files), STARTER, ICON, OUTPUT, COMPRESSION, NEEDED_KB, MOST_LETTERS and SIGN.

Target amd64-unicode
Unicode true
ManifestDPIAware true
ManifestSupportedOS all
ManifestLongPathAware true
!include "MUI2.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!if "${COMPRESSION}" == "off"  ; a test
  SetCompress off
!else
  SetCompressor ${COMPRESSION}
!endif
SetDateSave on
CRCCheck on
Name "Một Cửa"
BrandingText "Một Cửa ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\MotCua"
InstallDirRegKey HKCU "Software\MotCua" "thu-muc"
RequestExecutionLevel user
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "Một Cửa"
VIAddVersionKey /LANG=0 "CompanyName" "Một Cửa"
VIAddVersionKey /LANG=0 "FileDescription" "Bộ cài Một Cửa"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT"
!ifdef SIGN
  !uninstfinalize `${SIGN}`
!endif

!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\MotCua"
!define PROGRAM "$INSTDIR\chuong-trinh"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\motcua.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Mở Một Cửa ngay"
!define MUI_FINISHPAGE_TITLE "Đã cài xong Một Cửa"
!define MUI_FINISHPAGE_TEXT "Biểu tượng Một Cửa nằm trên màn hình và trong bảng chọn Start."
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

; A box with one sentence, then the exit status. Silent: the status alone.
!macro Refuse STATUS SENTENCE
  MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}" /SD IDOK
  SetErrorLevel ${STATUS}
  Quit
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse 3 "Máy này chạy Windows 32 bit. Một Cửa cần Windows 10 bản 1809 trở lên hoặc Windows 11, loại 64 bit. Chưa cài gì."
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
    !insertmacro Refuse 3 "Windows của máy này quá cũ. Một Cửa cần Windows 10 bản 1809 trở lên hoặc Windows 11, loại 64 bit. Chưa cài gì."
  ${EndIf}
  ${IfNot} ${AtLeastBuild} 17763
    !insertmacro Refuse 3 "Windows 10 của máy này cũ hơn bản 1809. Hãy cập nhật Windows rồi cài lại. Chưa cài gì."
  ${EndIf}
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\MotCuaCaiDat") p .r0 ?e'
  Pop $1
  ${If} $1 = 183
    !insertmacro Refuse 5 "Bộ cài Một Cửa đang chạy ở cửa sổ khác. Hãy chờ xong."
  ${EndIf}
  Call ReadSwitches
FunctionEnd

; A folder of an interrupted installation: its files are ours, and chuong-trinh is absent.
Function Mend
  ${IfNot} ${FileExists} "${PROGRAM}\*.*"
    ${If} ${FileExists} "$INSTDIR\moi\da-thu.txt"
      Rename "$INSTDIR\moi" "${PROGRAM}"
    ${ElseIf} ${FileExists} "$INSTDIR\cu\phien-ban.txt"
      Rename "$INSTDIR\cu" "${PROGRAM}"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Windows keeps a library that is loaded from being opened for writing. $0: 1 if the program runs.
!macro ProgramRuns UN
Function ${UN}ProgramRuns
  StrCpy $0 0
  ClearErrors
  ${If} ${FileExists} "${PROGRAM}\python\python313.dll"
    FileOpen $1 "${PROGRAM}\python\python313.dll" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd
!macroend
!insertmacro ProgramRuns ""
!insertmacro ProgramRuns "un."

!macro WaitUntilClosed UN
  ${Do}
    Call ${UN}ProgramRuns
    ${If} $0 = 0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Đóng cửa sổ Một Cửa rồi bấm Thử lại." /SD IDCANCEL IDRETRY +3
    SetErrorLevel 5
    Quit
  ${Loop}
!macroend

; Only folders that this installer made: they have the version file, or its own name and nothing of a person.
!macro RemoveProgram FOLDER
  ${If} ${FileExists} "${FOLDER}\phien-ban.txt"
    RMDir /r "${FOLDER}\python"
    Delete "${FOLDER}\motcua.exe"
    Delete "${FOLDER}\motcua-lenh.exe"
    Delete "${FOLDER}\LICENSE.txt"
    Delete "${FOLDER}\da-thu.txt"
    ${IfNot} ${FileExists} "${FOLDER}\python\*.*"
      Delete "${FOLDER}\phien-ban.txt"
    ${EndIf}
    RMDir "${FOLDER}"
  ${EndIf}
!macroend

; What a version that did not work has left: hong-123456.
!macro RemoveBroken
  FindFirst $1 $2 "$INSTDIR\hong-*"
  ${DoWhile} $2 != ""
    !insertmacro RemoveProgram "$INSTDIR\$2"
    FindNext $1 $2
  ${Loop}
  FindClose $1
!macroend

Function .onInstFailed
  SetOutPath "$INSTDIR"
  !insertmacro RemoveProgram "$INSTDIR\moi"
FunctionEnd

Section "Một Cửa"
  SectionIn RO
  StrLen $1 "$INSTDIR"
  ${If} $1 > ${MOST_LETTERS}
    !insertmacro Refuse 2 "Đường dẫn $INSTDIR quá dài, Windows không mở được tệp ở đó. Hãy cài vào thư mục gần gốc ổ đĩa hơn. Chưa cài gì."
  ${EndIf}
  ClearErrors
  SetOutPath "$INSTDIR"
  FileOpen $1 "$INSTDIR\thu-ghi.txt" w  ; a folder that exists may still be read-only
  ${If} ${Errors}
    !insertmacro Refuse 2 "Không ghi được vào thư mục $INSTDIR: ổ đĩa đầy, hoặc chỉ cho đọc. Chưa cài gì; hãy báo người quản trị máy."
  ${EndIf}
  FileClose $1
  Delete "$INSTDIR\thu-ghi.txt"
  Call Mend
  !insertmacro WaitUntilClosed ""
  !insertmacro RemoveProgram "$INSTDIR\moi"
  !insertmacro RemoveBroken
  SetOutPath "$INSTDIR"
  ${GetRoot} "$INSTDIR" $1
  ${DriveSpace} "$1\" "/D=F /S=K" $2
  ${If} $2 != ""
  ${AndIf} $2 < ${NEEDED_KB}
    !insertmacro Refuse 2 "Ổ đĩa $1 không đủ chỗ. Hãy dọn bớt để còn ít nhất 400 MB rồi cài lại. Chưa cài gì."
  ${EndIf}
  ClearErrors
  SetOutPath "$INSTDIR\moi"
  File "${TREE}/phien-ban.txt"
  !include "${FILES}"
  ${If} ${Errors}
    SetOutPath "$INSTDIR"
    !insertmacro RemoveProgram "$INSTDIR\moi"
    !insertmacro Refuse 2 "Không giải nén được hết tệp. Bản đang dùng được giữ nguyên; hãy xem ổ đĩa và USB rồi cài lại."
  ${EndIf}
  SetOutPath "$INSTDIR"
  DetailPrint "Thử chương trình mới trên máy này"
  nsExec::Exec /TIMEOUT=300000 '"$INSTDIR\moi\motcua-lenh.exe" self-check --out "$INSTDIR\tu-kiem.txt"'
  Pop $0
  ${If} $0 != 0
    !insertmacro RemoveProgram "$INSTDIR\moi"
    !insertmacro Refuse 4 "Bản ${VERSION} không chạy được trên máy này. Bản đang dùng được giữ nguyên. Lý do nằm trong tệp $INSTDIR\tu-kiem.txt; hãy gửi tệp này cho người quản trị."
  ${EndIf}
  Delete "$INSTDIR\tu-kiem.txt"
  FileOpen $1 "$INSTDIR\moi\da-thu.txt" w
  FileWrite $1 "${VERSION}$\r$\n"
  FileClose $1
  !insertmacro WaitUntilClosed ""
  !insertmacro RemoveProgram "$INSTDIR\cu"
  Call PutInPlace
  Call WriteStarter
  Call Register
SectionEnd

; chuong-trinh becomes cu and moi becomes chuong-trinh; each is one rename, mended at the next start if it is cut.
Function PutInPlace
  ${If} ${FileExists} "$INSTDIR\cu\*.*"  ; files of a person in it
    Call KeepForeign
  ${EndIf}
  ClearErrors
  ${If} ${FileExists} "${PROGRAM}\*.*"
    Rename "${PROGRAM}" "$INSTDIR\cu"
    ${If} ${Errors}
      !insertmacro RemoveProgram "$INSTDIR\moi"
      !insertmacro Refuse 5 "Đóng cửa sổ Một Cửa và các thư mục của chương trình rồi cài lại. Bản đang dùng được giữ nguyên."
    ${EndIf}
  ${EndIf}
  StrCpy $2 0
  ${Do}
    ClearErrors
    Rename "$INSTDIR\moi" "${PROGRAM}"
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    IntOp $2 $2 + 1
    ${If} $2 > 50  ; a virus scanner holds new files for some seconds
      Rename "$INSTDIR\cu" "${PROGRAM}"
      !insertmacro RemoveProgram "$INSTDIR\moi"
      !insertmacro Refuse 4 "Chương trình khác đang giữ thư mục mới. Bản đang dùng được giữ nguyên; hãy cài lại sau ít phút."
    ${EndIf}
    Sleep 200
  ${Loop}
FunctionEnd

Function KeepForeign
  StrCpy $1 1
  ${DoWhile} ${FileExists} "$INSTDIR\giu-lai-$1\*.*"
    IntOp $1 $1 + 1
  ${Loop}
  Rename "$INSTDIR\cu" "$INSTDIR\giu-lai-$1"
FunctionEnd

; A running starter may be renamed, not overwritten.
Function WriteStarter
  SetOutPath "$INSTDIR"
  Delete "$INSTDIR\motcua.exe.bo"
  Delete "$INSTDIR\motcua-lenh.exe.bo"
  Rename "$INSTDIR\motcua.exe" "$INSTDIR\motcua.exe.bo"
  Rename "$INSTDIR\motcua-lenh.exe" "$INSTDIR\motcua-lenh.exe.bo"
  File "${STARTER}/motcua.exe"
  File "${STARTER}/motcua-lenh.exe"
  Delete "$INSTDIR\motcua.exe.bo"
  Delete "$INSTDIR\motcua-lenh.exe.bo"
FunctionEnd

Function Register
  WriteUninstaller "$INSTDIR\go-bo.exe"
  CreateShortcut "$SMPROGRAMS\Một Cửa.lnk" "$INSTDIR\motcua.exe" "" "$INSTDIR\motcua.exe"
  WriteRegStr HKCU "Software\MotCua" "thu-muc" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL}" "DisplayName" "Một Cửa"
  WriteRegStr HKCU "${REMOVAL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL}" "Publisher" "Một Cửa"
  WriteRegStr HKCU "${REMOVAL}" "DisplayIcon" "$INSTDIR\motcua.exe"
  WriteRegStr HKCU "${REMOVAL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL}" "UninstallString" '"$INSTDIR\go-bo.exe"'
  WriteRegStr HKCU "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\go-bo.exe" /S'
  WriteRegDWORD HKCU "${REMOVAL}" "EstimatedSize" ${TREE_KB}
  WriteRegDWORD HKCU "${REMOVAL}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL}" "NoRepair" 1
  WriteRegStr HKCU "Software\Classes\.mcsync" "" "MotCua.DongBo"
  WriteRegStr HKCU "Software\Classes\.mcack" "" "MotCua.DongBo"
  WriteRegStr HKCU "Software\Classes\MotCua.DongBo" "" "Tệp đồng bộ Một Cửa"
  WriteRegStr HKCU "Software\Classes\MotCua.DongBo\DefaultIcon" "" "$INSTDIR\motcua.exe"
  WriteRegStr HKCU "Software\Classes\MotCua.DongBo\shell\open\command" "" '"$INSTDIR\motcua.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

Section "Biểu tượng trên màn hình" Desktop
  CreateShortcut "$DESKTOP\Một Cửa.lnk" "$INSTDIR\motcua.exe" "" "$INSTDIR\motcua.exe"
SectionEnd

Section /o "Tự mở khi đăng nhập Windows" Startup
  CreateShortcut "$SMSTARTUP\Một Cửa.lnk" "$INSTDIR\motcua.exe" "" "$INSTDIR\motcua.exe"
SectionEnd

; /MANHINH=0 no icon on the desktop, /KHOIDONG=1 start with Windows. An update keeps what was chosen before.
Function ReadSwitches
  ${If} ${FileExists} "$INSTDIR\go-bo.exe"
    ${IfNot} ${FileExists} "$DESKTOP\Một Cửa.lnk"
      SectionSetFlags ${Desktop} 0
    ${EndIf}
    ${If} ${FileExists} "$SMSTARTUP\Một Cửa.lnk"
      SectionSetFlags ${Startup} 1
    ${EndIf}
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/MANHINH=" $2
  ${IfNot} ${Errors}
    SectionSetFlags ${Desktop} $2
  ${EndIf}
  ClearErrors
  ${GetOptions} $1 "/KHOIDONG=" $2
  ${IfNot} ${Errors}
    SectionSetFlags ${Startup} $2
  ${EndIf}
  ClearErrors
FunctionEnd

Section "Uninstall"
  !insertmacro WaitUntilClosed "un."
  SetOutPath "$TEMP"
  !insertmacro RemoveProgram "${PROGRAM}"
  !insertmacro RemoveProgram "$INSTDIR\cu"
  !insertmacro RemoveProgram "$INSTDIR\moi"
  !insertmacro RemoveBroken
  Delete "$INSTDIR\cap-nhat\motcua.exe"
  Delete "$INSTDIR\cap-nhat\motcua-cai-dat.exe"
  RMDir "$INSTDIR\cap-nhat"
  Delete "$INSTDIR\tu-kiem.txt"
  Delete "$INSTDIR\motcua.exe"
  Delete "$INSTDIR\motcua-lenh.exe"
  Delete "$INSTDIR\motcua.exe.bo"
  Delete "$INSTDIR\motcua-lenh.exe.bo"
  Delete "$INSTDIR\go-bo.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Một Cửa.lnk"
  Delete "$DESKTOP\Một Cửa.lnk"
  Delete "$SMSTARTUP\Một Cửa.lnk"
  DeleteRegKey HKCU "${REMOVAL}"
  DeleteRegKey HKCU "Software\MotCua"
  DeleteRegKey HKCU "Software\Classes\.mcsync"
  DeleteRegKey HKCU "Software\Classes\.mcack"
  DeleteRegKey HKCU "Software\Classes\MotCua.DongBo"
SectionEnd
