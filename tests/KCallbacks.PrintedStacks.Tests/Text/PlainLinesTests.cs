using System.Text;
using KCallbacks.PrintedStacks.Lines;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks.Tests.Text;

/// <summary>Lines without what pages, mail, editors and logs put around them.</summary>
[TestClass]
public sealed class PlainLinesTests
{
    [TestMethod]
    // line ends
    [DataRow("a\nb", "a", "b")]
    [DataRow("a\r\nb\r\n", "a", "b")]
    [DataRow("a\rb\r", "a", "b")]
    [DataRow("a\r\r\nb", "a", "b")]
    [DataRow("a\r\rb", "a", "", "b")]
    // pages
    [DataRow("<p>a<br />b</p>", "a", "b")]
    [DataRow("a&lt;b&gt;&amp;&#96;&#x21;&nbsp;c", "a<b>&`! c")]
    [DataRow("a&amp;lt;b", "a<b")]
    [DataRow("a<br>\nb<br>\n", "a", "b")]
    [DataRow("<div>a</div><div>b</div>", "a", "b")]
    [DataRow("user32!_fn<wbr>DWORD <b>bold</b>", "user32!_fnDWORD bold")]
    [DataRow("a!List<link>::f<b>+0x1", "a!List<link>::f<b>+0x1")]
    [DataRow("a!f<code>(x)", "a!f<code>(x)")]
    [DataRow("a if x & y <z", "a if x & y <z")]
    // escapes
    [DataRow(@"ntdll\!Nt\_x \`y\`", "ntdll!Nt_x `y`")]
    [DataRow(@"c:\new\table\x.cpp", @"c:\new\table\x.cpp")]
    [DataRow(@"""0:000> k\n # Child-SP\n00 1\u002B2""", "\"0:000> k", " # Child-SP", "00 1+2\"")]
    [DataRow("\u001b[31mred\u001b[0m", "red")]
    [DataRow("00007ff8\u201911110010\u00a0x\u200b", "00007ff8`11110010 x")]
    // marks
    [DataRow("> > a", "a")]
    [DataRow(">\tapp.exe!f()", ">\tapp.exe!f()")]
    [DataRow("// a", "a")]
    [DataRow("* a\n*\n* b", "a", "", "b")]
    [DataRow("- `a`", "a")]
    [DataRow("*** WARNING: x", "*** WARNING: x")]
    // numbers of lines
    [DataRow("     1\ta\n     2\tb", "a", "b")]
    [DataRow("118:0:000> k\n119:00 a", "0:000> k", "00 a")]
    [DataRow("1: kd> k\n00 a\n01 b", "1: kd> k", "00 a", "01 b")]
    [DataRow("00 a\n01 b\n02 c", "00 a", "01 b", "02 c")]
    // logs
    [DataRow("[2024.01.01-10.00.00:001][  5]LogWindows: Error: [Callstack] 0x00007ff711110010 a!b", "0x00007ff711110010 a!b")]
    [DataRow("2024-01-01 10:00:00,123 ERROR [main] app.Hang - a", "a")]
    [DataRow("2024-01-01T10:00:00.123Z INFO  a", " a")]
    [DataRow("E0101 10:00:00.123456  4660 crash.cc:12] a", "a")]
    [DataRow("[4660:4664:0101/100000.123:ERROR:crash.cc(12)] a", "a")]
    [DataRow("01-01 10:00:00.123  4660  4664 E a", "a")]
    [DataRow("Jan  1 10:00:00 a", "a")]
    [DataRow("10:00:00 Thread: 1230", "Thread: 1230")]
    [DataRow("LogWindows: Error: 0x00007ff711110010 a!b", "0x00007ff711110010 a!b")]
    [DataRow("app_1  | ntdll!x+0x1", "ntdll!x+0x1")]
    [DataRow("2024-03-05T09:12:44Z 4660 4664 Error Hang: 00 ntdll!x+0x1", "00 ntdll!x+0x1")]
    [DataRow("FAULTING_IP: ntdll!x+0x1", "FAULTING_IP: ntdll!x+0x1")]
    [DataRow("V  [jvm.dll+0x3a2b1c]", "V  [jvm.dll+0x3a2b1c]")]
    [DataRow("0:000> k", "0:000> k")]
    // several frames on a line
    [DataRow("a!b / c!d / e!f", "a!b", "c!d", "e!f")]
    [DataRow("a!b -> c!d", "a!b", "c!d")]
    [DataRow("a!b <- c!d", "a!b", "c!d")]
    [DataRow("a!b <- waits here", "a!b <- waits here")]
    [DataRow("ntdll!A+0x1 user32!B+0x2 app!C", "ntdll!A+0x1", " user32!B+0x2", " app!C")]
    [DataRow("00 00000011`22330000 00007ff8`11110010 a!b 01 00000011`22330010 00007ff8`11110020 c!d", "00 00000011`22330000 00007ff8`11110010 a!b", " 01 00000011`22330010 00007ff8`11110020 c!d")]
    [DataRow("app.exe!A(int x=1) Line 10 C++ ntdll.dll!B()", "app.exe!A(int x=1) Line 10 C++", " ntdll.dll!B()")]
    [DataRow("user32!A+0x1, calling user32!B", "user32!A+0x1, calling user32!B")]
    public void A_line_is_as_the_debugger_printed_it(string text, params string[] expected)
    {
        var lines = new PlainLines(new MemoryStream(Encoding.UTF8.GetBytes(text)), new ProblemLog());
        List<string> read = [];
        while (lines.Read())
            read.Add(Encoding.UTF8.GetString(lines.Current));

        CollectionAssert.AreEqual(expected, read, string.Join(" | ", read));
    }
}
