dotnet run --project "$PSScriptRoot/build" --configuration Release -- test @args
exit $LASTEXITCODE
