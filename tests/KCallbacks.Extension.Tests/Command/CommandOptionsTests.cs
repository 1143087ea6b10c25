using KCallbacks.Detection.Model;
using KCallbacks.Extension.Command;
using KCallbacks.Reports;
using KCallbacks.Reports.Filter;

namespace KCallbacks.Extension.Tests.Command;

[TestClass]
public sealed class CommandOptionsTests
{
    public static IEnumerable<object[]> Switches =>
    [
        ["-a", new CommandOptions { Filter = new ThreadFilter { All = true } }],
        ["-v", new CommandOptions { Form = new ReportForm { Verbose = true } }],
        ["-m *LoadLibrary*", new CommandOptions { Filter = new ThreadFilter { Pattern = "*LoadLibrary*" } }],
        ["-m \"operator new\"", new CommandOptions { Filter = new ThreadFilter { Pattern = "operator new" } }],
        ["-d 2", new CommandOptions { Filter = new ThreadFilter { MinDepth = 2 } }],
        ["-r", new CommandOptions { Filter = new ThreadFilter { AtReturnOnly = true } }],
        ["-i", new CommandOptions { Filter = new ThreadFilter { Invert = true } }],
        ["-g", new CommandOptions { Form = new ReportForm { Group = true } }],
        ["-json", new CommandOptions { Form = new ReportForm { Json = true } }],
        ["--json", new CommandOptions { Form = new ReportForm { Json = true } }],
        ["-depth 2 --verbose", new CommandOptions { Filter = new ThreadFilter { MinDepth = 2 }, Form = new ReportForm { Verbose = true } }],
        ["-help", new CommandOptions { Help = true }],
        ["-JSON", new CommandOptions { Form = new ReportForm { Json = true } }],
        ["-jsonfile c:\\temp\\a.json", new CommandOptions { JsonFile = "c:\\temp\\a.json" }],
        ["-record \"c:\\my cases\\a.json\"", new CommandOptions { RecordFile = "c:\\my cases\\a.json" }],
        ["-walk", new CommandOptions { Scan = new ScanOptions { Walk = true } }],
        ["-stats", new CommandOptions { Statistics = true }],
        ["-version", new CommandOptions { Version = true }],
        ["-p all", new CommandOptions { Scan = new ScanOptions { Process = "all" } }],
        ["-p explorer.exe -u", new CommandOptions { Scan = new ScanOptions { Process = "explorer.exe", UserHalves = true } }],
        ["-?", new CommandOptions { Help = true }],
        ["?", new CommandOptions { Help = true }],
        ["--help", new CommandOptions { Help = true }],
        ["", new CommandOptions()],
        ["  \t ", new CommandOptions()],
        [" -a\t-v  -d 3 ", new CommandOptions { Filter = new ThreadFilter { All = true, MinDepth = 3 }, Form = new ReportForm { Verbose = true } }],
    ];

    public static IEnumerable<object[]> ThreadLists =>
    [
        ["0", new[] { new ThreadRange(0, 0, false) }],
        ["0,3-7", new[] { new ThreadRange(0, 0, false), new ThreadRange(3, 7, false) }],
        ["0x1a2c", new[] { new ThreadRange(0x1a2c, 0x1a2c, true) }],
        ["~~[1a2c]", new[] { new ThreadRange(0x1a2c, 0x1a2c, true) }],
        ["0x10-0x20,5", new[] { new ThreadRange(0x10, 0x20, true), new ThreadRange(5, 5, false) }],
        ["\"1, 2\"", new[] { new ThreadRange(1, 1, false), new ThreadRange(2, 2, false) }],
        ["1 -t 2", new[] { new ThreadRange(1, 1, false), new ThreadRange(2, 2, false) }],
    ];

    [TestMethod]
    [DynamicData(nameof(Switches))]
    public void An_option_sets_what_it_says(string arguments, object expected) =>
        Assert.AreEqual(expected, CommandOptions.Parse(arguments));

    [TestMethod]
    [DynamicData(nameof(ThreadLists))]
    public void A_thread_list_names_numbers_ranges_and_system_ids(string list, ThreadRange[] expected) =>
        CollectionAssert.AreEqual(expected, CommandOptions.Parse($"-t {list}").Filter.Threads.ToArray());

    [TestMethod]
    [DataRow("-jsn", "Unknown option '-jsn'. The nearest option is -json:")]
    [DataRow("3-5", "Unexpected word '3-5'. To select threads use -t: -t 3-5. All options: !kcallbacks -?")]
    [DataRow("-vesrion", "Unknown option '-vesrion'. The nearest option is -version:")]
    [DataRow("--jsno", "Unknown option '--jsno'. The nearest option is -json:")]
    [DataRow("/stats", "Unknown option '/stats'. The nearest option is -stats:")]
    [DataRow("-rceord x", "Unknown option '-rceord'. The nearest option is -record FILE:")]
    [DataRow("-wlak", "Unknown option '-wlak'. The nearest option is -walk:")]
    [DataRow("-dpeth 3", "Unknown option '-dpeth'. The nearest option is -d N:")]
    [DataRow("-a stats", "Unexpected word 'stats'. The nearest option is -stats:")]
    [DataRow("-d", "Option -d needs an argument N:")]
    [DataRow("-jsonfile \"\"", "Option -jsonfile needs an argument FILE:")]
    [DataRow("-record \" \"", "Option -record needs an argument FILE:")]
    [DataRow("-d -v", "Option -d needs an argument N:")]
    [DataRow("-d x", "Option -d x: a depth is a number from 1")]
    [DataRow("-d 0", "Option -d 0: a depth is a number from 1")]
    [DataRow("-d -1", "Option -d -1: a depth is a number from 1")]
    [DataRow("-d 99999999999", "Option -d 99999999999: a depth is a number from 1")]
    [DataRow("-t", "Option -t needs an argument LIST: only these threads, whatever their verdict: numbers and ranges of the debugger, or system ids:")]
    [DataRow("-t 1,x", "Option -t 1,x: 'x' is no thread;")]
    [DataRow("-t 7-3", "Option -t 7-3: '7-3' is no thread;")]
    [DataRow("-t 1-0x20", "Option -t 1-0x20: '1-0x20' is no thread;")]
    [DataRow("-t 1,,2", "Option -t 1,,2: '' is no thread;")]
    [DataRow("-t ~~[12", "Option -t ~~[12: '~~[12' is no thread;")]
    [DataRow("-m \"open", "Missing closing quote after 'open'.")]
    public void A_mistake_is_named_with_what_would_be_right(string arguments, string message)
    {
        CommandSyntaxException error = Assert.ThrowsExactly<CommandSyntaxException>(() => CommandOptions.Parse(arguments));

        Assert.StartsWith(message, error.Message);
    }

    [TestMethod]
    public void A_word_of_a_megabyte_is_refused_at_once() =>
        Assert.ThrowsExactly<CommandSyntaxException>(() => CommandOptions.Parse(new string('x', 1 << 20)));

    [TestMethod]
    [DataRow(3u, null, 0u, false, true)]
    [DataRow(7u, null, 0u, false, true)]
    [DataRow(8u, null, 0u, false, false)]
    [DataRow(99u, 5u, 0u, true, true)]
    [DataRow(5u, 99u, 0u, true, false)]
    public void A_range_meets_the_kind_of_id_it_was_typed_as(uint engineId, uint? systemId, uint position, bool isSystemId, bool expected) =>
        Assert.AreEqual(expected, new ThreadRange(3, 7, isSystemId).Contains(new ThreadIdentity((int)position, null, engineId, systemId)));
}
