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
        ["-not", new CommandOptions { Filter = new ThreadFilter { Invert = true } }],
        ["-w", new CommandOptions { Form = new ReportForm { Chains = true } }],
        ["-width 120", new CommandOptions { Form = new ReportForm { Width = 120 } }],
        ["-? words", new CommandOptions { Help = true, HelpTopic = "words" }],
        ["-g", new CommandOptions { Form = new ReportForm { Group = true } }],
        ["-json", new CommandOptions { Form = new ReportForm { Json = true } }],
        ["--json", new CommandOptions { Form = new ReportForm { Json = true } }],
        ["-depth 2 --verbose", new CommandOptions { Filter = new ThreadFilter { MinDepth = 2 }, Form = new ReportForm { Verbose = true } }],
        ["-help", new CommandOptions { Help = true }],
        ["-JSON", new CommandOptions { Form = new ReportForm { Json = true } }],
        ["-jsonfile c:\\temp\\a.json", new CommandOptions { JsonFile = "c:\\temp\\a.json" }],
        ["-compare c:\\a.json -json", new CommandOptions { CompareFile = "c:\\a.json", Form = new ReportForm { Json = true } }],
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
        ["1a58", new[] { new ThreadRange(0x1a58, 0x1a58, true) }],
        ["9400.9408", new[] { new ThreadRange(0x9408, 0x9408, true) { ProcessId = 0x9400 } }],
        ["ffffa586`10007a00", new[] { new ThreadRange(0, 0, true) { Address = 0xffff_a586_1000_7a00 } }],
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
    [DataRow("-jsn", "unknown option -jsn; is -json meant? All options: !kcallbacks -?")]
    [DataRow("3-5", "unexpected \"3-5\"; threads are named with -t: -t 3-5. All options: !kcallbacks -?")]
    [DataRow("-vesrion", "unknown option -vesrion; is -version meant?")]
    [DataRow("--jsno", "unknown option --jsno; is -json meant?")]
    [DataRow("/stats", "unknown option /stats; is -stats meant?")]
    [DataRow("-rceord x", "unknown option -rceord; is -record meant?")]
    [DataRow("-wlak", "unknown option -wlak; is -walk meant?")]
    [DataRow("-dpeth 3", "unknown option -dpeth; is -d meant?")]
    [DataRow("-x", "unknown option -x. All options: !kcallbacks -?")]
    [DataRow("foo", "unexpected \"foo\". All options: !kcallbacks -?")]
    [DataRow("-a stats", "unexpected \"stats\"; is -stats meant?")]
    [DataRow("-d", "-d needs a number: -d 2")]
    [DataRow("-jsonfile \"\"", "-jsonfile needs a file: -jsonfile c:")]
    [DataRow("-record \" \"", "-record needs a file: -record c:")]
    [DataRow("-d -v", "-d needs a number: -d 2")]
    [DataRow("-d x", "-d x: a depth is a number from 1")]
    [DataRow("-d 0", "-d 0: a depth is a number from 1")]
    [DataRow("-d -1", "-d -1: a depth is a number from 1")]
    [DataRow("-d 99999999999", "-d 99999999999: a depth is a number from 1")]
    [DataRow("-width 3", "-width 3: a width is a number from 60 to 1000")]
    [DataRow("-t", "-t needs threads: -t 0,3-7")]
    [DataRow("-t 1,x", "-t 1,x: 'x' is no thread;")]
    [DataRow("-t 7-3", "-t 7-3: '7-3' is no thread;")]
    [DataRow("-t 1-0x20", "-t 1-0x20: '1-0x20' is no thread;")]
    [DataRow("-t 1,,2", "-t 1,,2: '' is no thread;")]
    [DataRow("-t ~~[12", "-t ~~[12: '~~[12' is no thread;")]
    [DataRow("-m \"open", "missing closing quote after \"open")]
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
