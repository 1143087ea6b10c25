dotnet run --project "$PSScriptRoot/build" --configuration Release -- soak @args
exit $LASTEXITCODE
