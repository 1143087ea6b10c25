using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Options;

namespace KCallbacks.Reports.Tests;

[TestClass]
public sealed class ThreadFilterTests
{
    /// <summary>Positions in <see cref="SampleReports.Hung"/>: 0 paints, 3 loads a hook, 4 returns, 12 is nested, 13 waits, 14 is unknown, 15 sends a message.</summary>
    [TestMethod]
    [DataRow("", "0 3 4 12")]
    [DataRow("-a", "0 3 4 12 13 14 15")]
    [DataRow("-i", "13 14 15")]
    [DataRow("-a -i", "")]
    [DataRow("-r", "4")]
    [DataRow("-r -i", "0 3 12 13 14 15")]
    [DataRow("-d 2", "12")]
    [DataRow("-t 13", "13")]
    [DataRow("-t 0-4,0x1a0c", "0 3 4 12")]
    [DataRow("-t ~~[1a0e]", "14")]
    [DataRow("-t 99", "")]
    [DataRow("-m paintapp", "0")]
    [DataRow("-m PAINTAPP", "0")]
    [DataRow("-m badhook", "3")]
    [DataRow("-m *LoadLibrary", "3")]
    [DataRow("-m *Library*", "3")]
    [DataRow("-m LoadLib?", "")]
    [DataRow("-m user32!*DESTROY", "4")]
    [DataRow("-m ntdll!KiUserCallbackDispatcherContinue", "0")]
    [DataRow("-m NtUserCreateWindowEx -d 2", "12")]
    [DataRow("-m ZwUserCreateWindowEx -d 2", "12", DisplayName = "the other spelling of a system call")]
    [DataRow("-m win32u!Zw*CreateWindowEx -d 2", "12", DisplayName = "the other spelling in a pattern")]
    [DataRow("-m WM_PAINT", "0", DisplayName = "a message")]
    [DataRow("-m wm_p*", "0", DisplayName = "messages")]
    [DataRow("-m paintapp!WndProc", "0", DisplayName = "a handler")]
    [DataRow("-m nowhere", "")]
    [DataRow("-a -m WorkerFactory", "13")]
    [DataRow("-not -d 1", "13 14 15")]
    [DataRow("-t 1a0d", "13")]
    [DataRow("-t 9400.1a0d", "13")]
    [DataRow("-like 13", "13")]
    public void The_table_lists_the_threads_asked_for(string options, string expected) =>
        Assert.AreEqual(expected, Positions(Parse(options).ForTable(SampleReports.Hung)));

    /// <summary>Whatever stands on the screen can be searched for, also in rows of threads in no callback.</summary>
    [TestMethod]
    [DataRow("-m g_ui", "9")]
    [DataRow("-m WM_NULL", "12")]
    [DataRow("-m SaveThread", "4")]
    [DataRow("-m TppWorkerThread", "", DisplayName = "a thread that is on no screen")]
    public void A_name_on_the_screen_is_found(string options, string expected) =>
        Assert.AreEqual(expected, Positions(Parse(options).ForTable(Scenes.All.Single(scene => scene.Name == "deadlock").Report)));

    [TestMethod]
    [DataRow("-m g_doc", "0")]
    [DataRow("-m app!g_*", "0")]
    [DataRow("-m WM_APP+0x5", "0")]
    public void What_a_row_says_of_a_wait_finds_it(string options, string expected) =>
        Assert.AreEqual(expected, Positions(Parse(options).ForTable(SampleReports.Example)));

    [TestMethod]
    [DataRow("", "0 3 4 12 13 14 15")]
    [DataRow("-d 1", "0 3 4 12")]
    [DataRow("-i", "13 14 15")]
    public void Json_lists_every_thread_unless_filtered(string options, string expected) =>
        Assert.AreEqual(expected, Positions(Parse(options).ForJson(SampleReports.Hung)));

    private static ThreadFilter Parse(string options)
    {
        var words = new Queue<string>(options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var filter = new ThreadFilter();
        while (words.TryDequeue(out string? word))
        {
            CommandOption<ThreadFilter> option = ThreadFilter.Options.Single(option => option.IsNamed(word));
            filter = option.Apply(filter, option.Argument is null ? "" : words.Dequeue());
        }

        return filter;
    }

    private static string Positions(IEnumerable<ThreadFinding> findings) =>
        string.Join(' ', findings.Select(finding => finding.Thread.Position));
}
