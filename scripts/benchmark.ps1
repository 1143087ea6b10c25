dotnet run --project "$PSScriptRoot/build" --configuration Release -- benchmark @args
exit $LASTEXITCODE
