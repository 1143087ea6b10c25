using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Tests;

/// <summary>No name of the target can smuggle a command into a link.</summary>
[TestClass]
public sealed class LinkTests
{
    [TestMethod]
    [DataRow("app!WndProc", "u app!WndProc")]
    [DataRow("app!ui::Panel::Layout", "u app!ui::Panel::Layout")]
    [DataRow("app!ui::", null)]
    [DataRow("app!ui:Layout", null)]
    [DataRow("app!ui:::Layout", null)]
    [DataRow("app!Panel<int>::Layout", null)]
    [DataRow("app!a;.shell", null)]
    [DataRow("app!a b", null)]
    [DataRow("Panel::operator!=", null)]
    [DataRow("WndProc", null)]
    public void A_function_is_a_link_if_its_name_means_nothing_else(string symbol, string? command) =>
        Assert.AreEqual(command, Link.ToFunction(symbol)?.Command);
}
