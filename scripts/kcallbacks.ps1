. "$PSScriptRoot/build/EnsureTool.ps1"
& $program @args
exit $LASTEXITCODE
