dotnet run --project "$PSScriptRoot/build" --configuration Release -- demo @args
exit $LASTEXITCODE
