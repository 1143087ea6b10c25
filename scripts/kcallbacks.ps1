dotnet run --project "$PSScriptRoot/../src/KCallbacks.Tool" --configuration Release -- @args
exit $LASTEXITCODE
