using KCallbacks.Extension.DataModel;
using KCallbacks.Reports.Facts;

namespace KCallbacks.Extension.Tests;

/// <summary>What <c>dx</c> shows of threads and callbacks.</summary>
[TestClass]
public sealed class FactPropertyTests
{
    private static string[] OfThread => [.. ThreadProperties.Of(null!, null!).Select(property => property.Name)];

    private static string[] OfCallback => [.. CallbackProperties.Of(null!).Select(property => property.Name)];

    [TestMethod]
    public void Every_fact_is_a_property()
    {
        Assert.IsEmpty(ThreadFacts.All.Select(fact => fact.Property).OfType<string>().Except(OfThread));
        Assert.IsEmpty(CallbackFacts.All.Select(fact => fact.Property).OfType<string>().Except(OfCallback));
    }

    [TestMethod]
    public void No_two_properties_have_one_name()
    {
        Assert.HasCount(OfThread.Length, OfThread.Distinct());
        Assert.HasCount(OfCallback.Length, OfCallback.Distinct());
    }
}
