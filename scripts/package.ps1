dotnet run --project "$PSScriptRoot/build" --configuration Release -- package @args
exit $LASTEXITCODE
