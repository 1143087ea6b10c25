dotnet run --project "$PSScriptRoot/build" --configuration Release -- install @args
exit $LASTEXITCODE
