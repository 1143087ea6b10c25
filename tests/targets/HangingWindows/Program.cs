using HangingWindows;
using HangingWindows.Threads;

// Prints its process id, one line per thread, "READY" when all of them stand, and lives until its input ends or the time is over:
//   process 32
//   nested-2 304 in-callback 2
// name, system thread id, the verdict that is right, its depth.
TimeSpan timeLimit = TimeSpan.FromMinutes(10);

var receiver = new SentMessageThread();
var locking = new LockingWindowThread();
StandingThread[] threads =
[
    receiver,
    new SenderThread(receiver),
    new NestedWindowsThread(depth: 2),
    new NestedWindowsThread(depth: 3),
    new GetMessageHookThread(),
    new CbtHookThread(),
    new MonitorEnumerationThread(),
    new MessageLoopThread(),
    new WaitingThread(),
    new SleepingThread(),
    locking,
    new LockOwnerThread(locking),
];
foreach (StandingThread thread in threads)
    thread.Start();
Console.WriteLine($"process {Environment.ProcessId}");
foreach (StandingThread thread in threads)
    Console.WriteLine($"{thread.Name} {thread.WaitUntilItStands()} {thread.ExpectedVerdict} {thread.ExpectedDepth}");
Console.WriteLine("READY");

Task.Run(Console.In.ReadToEnd).Wait(timeLimit);
