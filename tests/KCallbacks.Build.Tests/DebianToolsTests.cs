using KCallbacks.Build.Tools;

namespace KCallbacks.Build.Tests;

[TestClass]
public sealed class DebianToolsTests
{
    private static readonly DebianTool Present = new("clang", () => true);
    private static readonly DebianTool MissingLinker = new("lld", () => false);
    private static readonly DebianTool MissingWine = new("wine64", () => false);

    private readonly List<string> _calls = [];

    [TestMethod]
    public void Nothing_is_run_when_all_tools_are_there()
    {
        Tools(mayInstall: true).Ensure([Present]);

        Assert.IsEmpty(_calls);
    }

    [TestMethod]
    public void Only_missing_packages_are_installed()
    {
        Tools(mayInstall: true).Ensure([Present, MissingLinker, MissingWine]);

        Assert.AreSequenceEqual(["install --yes --quiet --no-install-recommends lld wine64"], _calls);
    }

    [TestMethod]
    public void Package_lists_are_updated_when_the_first_attempt_fails()
    {
        Tools(mayInstall: true, 100, 0, 0).Ensure([MissingWine]);

        Assert.HasCount(3, _calls);
        Assert.AreEqual("update --quiet", _calls[1]);
        Assert.AreEqual(_calls[0], _calls[2]);
    }

    [TestMethod]
    public void The_command_is_named_when_installing_fails()
    {
        var failure = Assert.ThrowsExactly<ToolMissingException>(() => Tools(mayInstall: true, 100, 0, 100).Ensure([MissingWine]));

        Assert.Contains("apt-get install --yes wine64", failure.Message);
    }

    [TestMethod]
    public void A_user_who_may_not_install_is_told_the_command()
    {
        var failure = Assert.ThrowsExactly<ToolMissingException>(() => Tools(mayInstall: false).Ensure([MissingLinker, MissingWine]));

        Assert.Contains("sudo apt-get install --yes lld wine64", failure.Message);
        Assert.IsEmpty(_calls);
    }

    /// <summary>An apt-get that only notes its arguments and ends with the given codes in turn, then with 0.</summary>
    private DebianTools Tools(bool mayInstall, params int[] exitCodes)
    {
        var codes = new Queue<int>(exitCodes);
        return new DebianTools(mayInstall, arguments =>
        {
            _calls.Add(string.Join(' ', arguments));
            return codes.TryDequeue(out int code) ? code : 0;
        });
    }
}
