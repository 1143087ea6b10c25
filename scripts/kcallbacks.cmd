@dotnet run --project "%~dp0..\src\KCallbacks.Tool" --configuration Release -- %*
