using HangingDesktop.Forms;
using HangingDesktop.Wpf;
using HangingManaged;
using HangingManaged.Threads;

// Prints what HangingManaged prints. Its windows need a display.
TimeSpan timeLimit = TimeSpan.FromMinutes(10);
object held = new();
var owner = new LockOwnerThread(held);
owner.Start();
owner.WaitUntilItStands();

// A dialog wants to be active, and a window that others hide is not painted.
FormThread[] first =
[
    new("form-modal", () => new ModalForm(), waitsForOthers: false),
    new("form-painter", () => new PaintingForm(held), waitsForOthers: false),
];
foreach (FormThread thread in first)
{
    thread.Start();
    thread.WaitUntilItStands();
}

var invoking = new InvokingThread();
var loading = new FormThread("form-loader", () => new JoiningForm(invoking));
invoking.Target = loading;
var frozen = new WindowThread("window-owner", () => new SleepingWindow());
HungThread[] threads =
[
    new(owner, "-", "Thread.Sleep"),
    new(first[0], "HangingDesktop.Forms.ModalForm.OnLoad", "-"),
    new(first[1], "HangingDesktop.Forms.PaintingForm.OnPaint", "Monitor.Enter", owner),
    new(loading, "HangingDesktop.Forms.JoiningForm.OnLoad", "Thread.Join", invoking),
    new(new FormThread("form-task", () => new TaskForm()), "HangingDesktop.Forms.TaskForm.OnLoad", "Task.Wait"),
    new(new FormThread("form-nester", () => new NestingForm(), 2), "HangingDesktop.Forms.NestedControl.OnHandleCreated", "WaitHandle.WaitOne"),
    new(new FormThread("form-hook", () => new HookingForm()), "HangingDesktop.Forms.HookingForm.OnHook", "Thread.Sleep"),
    new(new WindowThread("window-measure", () => new MeasuringWindow(held)), "HangingDesktop.Wpf.MeasuringWindow.MeasureOverride", "Monitor.Enter", owner),
    new(frozen, "HangingDesktop.Wpf.SleepingWindow.MeasureOverride", "Thread.Sleep"),
    new(invoking, "-", "Control.Invoke", loading),
    new(new DispatchingThread(frozen), "-", "Dispatcher.Invoke", frozen),
];
foreach (HungThread thread in threads.Skip(1).Where(thread => thread.Thread != invoking && !first.Contains(thread.Thread)))
    thread.Thread.Start();
Console.WriteLine($"process {Environment.ProcessId}");
foreach (HungThread thread in threads)
    Console.WriteLine($"{thread.Thread.Name} {thread.Thread.WaitUntilItStands()} {thread.Thread.ExpectedVerdict} {thread.Thread.ExpectedDepth} {thread.Handler} {thread.WaitingIn} {thread.OwnerId}");
// Some calls lie between the last word of a thread and its place.
Thread.Sleep(TimeSpan.FromMilliseconds(400));
Console.WriteLine("READY");

Task.Run(Console.In.ReadToEnd).Wait(timeLimit);
Environment.Exit(0);
