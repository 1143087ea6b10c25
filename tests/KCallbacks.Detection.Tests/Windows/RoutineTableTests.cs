using System.Globalization;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows.Routines;

namespace KCallbacks.Detection.Tests.Windows;

[TestClass]
public sealed class RoutineTableTests
{
    public static IEnumerable<object[]> Measured =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "MeasuredRoutines.txt"))
        where !line.StartsWith('#')
        let words = line.Split(' ')
        select new object[] { words[0], int.Parse(words[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture), words[2..] };

    [TestMethod]
    [DataRow(2600, 0x42, "ClientLoadLibrary")]
    [DataRow(7601, 0x41, "ClientLoadLibrary")]
    [DataRow(7601, 0x48, "ClientCharToWchar")]
    [DataRow(10586, 0x4a, "ClientLoadLibrary")]
    [DataRow(10586, 0x43, "ClientFreeLibrary")]
    [DataRow(10586, 0x3a, "xxxClientExpandStringW")]
    [DataRow(10586, 0x51, "ClientCharToWchar")]
    [DataRow(14393, 0x4b, "ClientLoadLibrary")]
    [DataRow(17763, 0x44, "ClientFreeLibrary")]
    [DataRow(19041, 0x02, "fnDWORD")]
    [DataRow(19041, 0x08, "fnINCNTOUTSTRINGNULL", DisplayName = "by purpose: the linker folded it with fnPOUTLPINT")]
    [DataRow(14393, 0x37, "xxxClientCallDitThread")]
    [DataRow(16299, 0x37, "xxxClientCallDevCallbackCapture")]
    [DataRow(16299, 0x7e, "xxxClientFreeWindowClassExtraBytes")]
    [DataRow(19045, 0x54, "ClientThreadSetup")]
    [DataRow(19045, 0x80, "xxxClientCallDefWindowProc")]
    [DataRow(22000, 0x52, "ClientCharToWchar")]
    [DataRow(22631, 0x08, "fnINCNTOUTSTRINGNULL")]
    [DataRow(26100, 0x8b, "xxxClientTrackInit")]
    [DataRow(28000, 0x58, "ClientCallWinEventProc")]
    public void A_build_has_its_own_numbers(int build, int apiNumber, string expected) =>
        Assert.AreEqual(expected, RoutineTables.Find(build, apiNumber));

    [TestMethod]
    [DataRow(2600, 0x02, DisplayName = "not in the partial listing of XP")]
    [DataRow(7601, 0x69, DisplayName = "after the end of the table of 7")]
    [DataRow(22631, 0x83, DisplayName = "seen in 24H2 only")]
    [DataRow(14393, 0x77, DisplayName = "after the end of the table of 14393")]
    [DataRow(18362, 0x80, DisplayName = "after the end of the table of 18362")]
    [DataRow(16299, 0x78, DisplayName = "one more routine in 16299, which nothing names")]
    [DataRow(15063, 0x3a, DisplayName = "another routine in 14393 than in 16299")]
    [DataRow(9600, 0x38, DisplayName = "ClientFindMnemChar in 7, one without a name in 10586")]
    [DataRow(2195, 0x02, DisplayName = "older than every table")]
    [DataRow(9600, 0x41, DisplayName = "ClientLoadLibrary in 7, another routine in 10")]
    [DataRow(26100, 0x1ff, DisplayName = "after the end of every table")]
    [DataRow(26100, -1, DisplayName = "no API number at all")]
    public void What_no_table_tells_has_no_name(int build, int apiNumber) => Assert.IsNull(RoutineTables.Find(build, apiNumber));

    [TestMethod]
    public void Builds_between_the_tables_have_the_names_their_neighbours_agree_on()
    {
        Assert.AreEqual("fnDWORD", RoutineTables.Find(9600, 2));
        Assert.AreEqual("fnHkINLPMSG", RoutineTables.Find(10240, 0x2f));
    }

    [TestMethod]
    public void Without_a_build_only_what_all_tables_agree_on_has_a_name()
    {
        Assert.AreEqual("fnDWORD", RoutineTables.Find(null, 2));
        Assert.IsNull(RoutineTables.Find(null, 0x4b));
    }

    /// <summary>The number of entries and every name, held against what was read from the code of user32.</summary>
    [TestMethod]
    [DynamicData(nameof(Measured))]
    public void A_build_has_the_routines_that_its_code_shows(string version, int entries, string[] names)
    {
        int build = int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture);

        Assert.HasCount(entries, names, version);
        for (int apiNumber = 0; apiNumber < entries; apiNumber++)
            Assert.AreEqual(names[apiNumber], RoutineTables.Find(build, apiNumber) ?? "-", $"{version} 0x{apiNumber:x}");
        Assert.IsNull(RoutineTables.Find(build, entries), $"{version} 0x{entries:x}");
    }

    [TestMethod]
    public void Every_known_name_is_a_routines_name()
    {
        foreach (int build in new[] { 2600, 7600, 10586, 14393, 19041, 22000, 26100 })
        {
            for (int apiNumber = 0; apiNumber < 0x8c; apiNumber++)
            {
                if (RoutineTables.Find(build, apiNumber) is { } name)
                    Assert.IsTrue(RoutineName.IsLike(FunctionName.Of(name)), $"{build} 0x{apiNumber:x} {name}");
            }
        }
    }
}
