using HangingManaged;
using HangingManaged.Threads;
using HangingWindows.Threads;

// Prints what HangingWindows prints, and per thread what is right to say of its managed code:
//   lock-waiter 304 in-callback 1 HangingManaged.Threads.ReceivingThread.Procedure Monitor.Enter 300
// the handler of its innermost callback, what it waits in, the thread that must let go; "-" for none.
TimeSpan timeLimit = TimeSpan.FromMinutes(10);
const string receiver = "HangingManaged.Threads.ReceivingThread.Procedure";
const string nested = "HangingWindows.Threads.NestedWindowsThread.Procedure";

object held = new();
var owner = new LockOwnerThread(held);
owner.Start();
owner.WaitUntilItStands();

var joined = new SleepingThread();
ReceivingThread[] receivers =
[
    new LockWaitingThread(held),
    new PulseWaitingThread(),
    new JoiningThread(joined),
    new TaskWaitingThread(),
    new NestingThread(),
];
HungThread[] threads =
[
    new(owner, "-", "Thread.Sleep"),
    new(joined, "-", "Thread.Sleep"),
    new(receivers[0], receiver, "Monitor.Enter", owner),
    new(receivers[1], receiver, "Monitor.Wait"),
    new(receivers[2], receiver, "Thread.Join", joined),
    new(receivers[3], receiver, "Task.Wait"),
    new(receivers[4], "HangingManaged.Threads.NestingThread.InnerProcedure", "Thread.Sleep"),
    new(new NestedWindowsThread(depth: 3), nested, "Thread.Sleep"),
    .. receivers.Select(target => new HungThread(new SendingThread(target), "-", "-")),
];
foreach (HungThread thread in threads.Skip(1))
    thread.Thread.Start();
Console.WriteLine($"process {Environment.ProcessId}");
foreach (HungThread thread in threads)
    Console.WriteLine($"{thread.Thread.Name} {thread.Thread.WaitUntilItStands()} {thread.Thread.ExpectedVerdict} {thread.Thread.ExpectedDepth} {thread.Handler} {thread.WaitingIn} {thread.OwnerId}");
// One call lies between the last word of a thread and its place.
Thread.Sleep(TimeSpan.FromMilliseconds(200));
Console.WriteLine("READY");

Task.Run(Console.In.ReadToEnd).Wait(timeLimit);
Environment.Exit(0);
