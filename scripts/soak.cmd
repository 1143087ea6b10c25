@dotnet run --project "%~dp0build" --configuration Release -- soak %*
