@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0build\EnsureTool.ps1" || exit /b 2
@"%~dp0..\artifacts\publish\tool\win-x64\kcallbacks.exe" %*
