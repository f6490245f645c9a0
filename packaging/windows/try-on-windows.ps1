# Install, use and remove the package on a real Windows: try-on-windows.ps1 FOLDER
param([Parameter(Mandatory)][string]$Folder)
$ErrorActionPreference = "Stop"
[Console]::OutputEncoding = [Text.Encoding]::UTF8

function Expect([bool]$Truth, [string]$Sentence) { if (-not $Truth) { throw $Sentence } }
function Run([string]$Program, [string[]]$Words) {
    $process = Start-Process $Program -ArgumentList $Words -Wait -PassThru
    return $process.ExitCode
}

$setup = (Get-ChildItem "$Folder/*-cai-dat*.exe" | Select-Object -First 1).FullName
$root = "$env:LOCALAPPDATA\Programs\MotCua"
$data = "$env:LOCALAPPDATA\motcua"
$command = "$root\motcua-lenh.exe"

Expect ((Run $setup @("/S")) -eq 0) "the silent installation failed"
& $command self-check
Expect ($LASTEXITCODE -eq 0) "the self-check failed"

$env:MOTCUA_PASSWORD = "Đồng lúa 48 mùa"
$env:MOTCUA_USER = "Trần Thị Bình"
& $command init "$PSScriptRoot\try-office.toml"
Expect ($LASTEXITCODE -eq 0) "no office"
& $command keys status | Tee-Object -Variable status
Expect ("$status" -match "đang mở được") "the vault does not open the office"
& $command check
Expect ($LASTEXITCODE -eq 0) "the office is not sound"

$before = Get-ChildItem $data -Recurse -File | Get-FileHash | ForEach-Object { $_.Path + $_.Hash }
Expect ((Run $setup @("/S")) -eq 0) "the second installation failed"
Expect ((Run "$root\go-bo.exe" @("/S", "_?=$root")) -eq 0) "the removal failed"
Expect (-not (Test-Path "$root\chuong-trinh")) "the program is still there"
$after = Get-ChildItem $data -Recurse -File | Get-FileHash | ForEach-Object { $_.Path + $_.Hash }
Expect ("$before" -eq "$after") "the data are not the same"
