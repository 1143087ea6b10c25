# Builds the native program when a source is newer. Says where it is in $program.
$root = Join-Path $PSScriptRoot "../.."
$program = Join-Path $root "artifacts/publish/tool/win-x64/kcallbacks.exe"
$built = if (Test-Path $program) { (Get-Item $program).LastWriteTime } else { [DateTime]::MinValue }
$newer = Get-ChildItem "$root/src", "$root/build", "$root/Directory.*" -Recurse |
    Where-Object { $_.LastWriteTime -gt $built -and $_.FullName -notmatch '[\\/](bin|obj)([\\/]|$)' } | Select-Object -First 1
if ($newer) { dotnet run --project $PSScriptRoot --configuration Release -- tool | Out-Host; if ($LASTEXITCODE) { exit 2 } }
