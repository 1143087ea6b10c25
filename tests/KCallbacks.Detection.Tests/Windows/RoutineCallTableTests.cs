using KCallbacks.Detection.Windows.Routines;

namespace KCallbacks.Detection.Tests.Windows;

/// <summary>Where the calls of callback routines return to, by build.</summary>
[TestClass]
public sealed class RoutineCallTableTests
{
    private const int FnDword = 2;
    private const int ThreadSetupOf10 = 0x54;

    [TestMethod]
    [DataRow(7600, 0x69)]
    [DataRow(7601, 0x69)]
    [DataRow(10586, 0x76)]
    [DataRow(14393, 0x77)]
    [DataRow(16299, 0x81)]
    [DataRow(17763, 0x80)]
    [DataRow(18363, 0x80)]
    [DataRow(19045, 0x81)]
    [DataRow(20348, 0x82)]
    [DataRow(22000, 0x82)]
    [DataRow(22631, 0x83)]
    [DataRow(26200, 0x8c)]
    public void A_table_has_as_many_entries_as_the_build(int build, int entries)
    {
        Assert.IsNotNull(RoutineCallTables.Find(build, entries - 1));
        Assert.IsNull(RoutineCallTables.Find(build, entries));
        Assert.IsNull(RoutineCallTables.Find(build, -1));
    }

    [TestMethod]
    [DataRow(7601, 0x2du, 0x44u)]
    [DataRow(14393, 0x33u, 0x4au)]
    [DataRow(19041, 0x33u, 0x4bu)]
    [DataRow(22000, 0x3du, 0x55u)]
    [DataRow(26100, 0x33u, 0x4bu)]
    public void The_calls_of_fnDWORD_are_known(int build, uint running, uint returned)
    {
        RoutineCalls calls = RoutineCallTables.Find(build, FnDword)!;

        Assert.AreEqual(0x68u, calls.Slot);
        Assert.AreEqual(running, calls.Running.Single());
        Assert.AreEqual(returned, calls.Returned.Single());
    }

    [TestMethod]
    public void A_routine_that_jumps_to_NtCallbackReturn_leaves_no_return_address_of_that() =>
        Assert.IsEmpty(RoutineCallTables.Find(19041, ThreadSetupOf10)!.Returned);

    [TestMethod]
    public void In_24H2_the_call_of_NtCallbackReturn_lies_before_others()
    {
        RoutineCalls calls = RoutineCallTables.Find(26100, 0x2f)!;

        Assert.AreEqual(0xafu, calls.Returned.Single());
        Assert.IsTrue(calls.Running.Any(displacement => displacement > 0xaf));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(9600)]
    [DataRow(15063)]
    [DataRow(30000)]
    public void Of_a_build_whose_code_was_not_read_nothing_is_known(int? build) => Assert.IsNull(RoutineCallTables.Find(build, FnDword));
}
