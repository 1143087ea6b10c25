using KCallbacks.DbgX;
using KCallbacks.DbgX.Sample;

if (args.Length is not (2 or 3))
{
    Console.Error.WriteLine("usage: sample DUMP KCALLBACKS.DLL [SYMBOLPATH]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var options = new SessionOptions { Extension = args[1], SymbolPath = args.ElementAtOrDefault(2) };
try
{
    await using CallbackSession session = await CallbackSession.OpenDumpAsync(args[0], options, new StepsOnError(), stop.Token);
    foreach (string line in HangLines.Of(await session.ScanAsync(cancellation: stop.Token)))
        Console.WriteLine(line);
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped");
    return 1;
}
catch (CallbackSessionException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
