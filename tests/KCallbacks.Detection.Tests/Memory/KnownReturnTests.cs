using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>A line in the table of known builds is all it takes for dumps without images and symbols.</summary>
[TestClass]
public sealed class KnownReturnTests
{
    public static IEnumerable<object[]> OfX64 => ReturnsOf(Architecture.X64, ntdll => true);

    public static IEnumerable<object[]> OfXp => ReturnsOf(Architecture.X86, ntdll => ntdll.Version.StartsWith("5.1.", StringComparison.Ordinal));

    [TestMethod]
    [DynamicData(nameof(OfX64))]
    public void A_frame_that_returns_to_a_known_x64_ntdll_is_certain(string version, ulong offset)
    {
        Assert.AreEqual(Confidence.High, X64(WindowsX64.Ntdll + offset), version);
        Assert.AreNotEqual(Confidence.High, X64(WindowsX64.Ntdll + offset + 1), version);
        Assert.AreNotEqual(Confidence.High, X64(WindowsX64.Ntdll + offset - 1), version);
    }

    [TestMethod]
    [DynamicData(nameof(OfXp))]
    public void A_frame_that_returns_to_a_known_ntdll_of_XP_is_certain(string version, ulong offset)
    {
        Assert.AreEqual(Confidence.High, Xp(WindowsX86.Ntdll + (uint)offset), version);
        Assert.AreNotEqual(Confidence.High, Xp(WindowsX86.Ntdll + (uint)offset + 1), version);
        Assert.AreNotEqual(Confidence.High, Xp(WindowsX86.Ntdll + (uint)offset - 1), version);
    }

    private static IEnumerable<object[]> ReturnsOf(Architecture architecture, Func<KnownNtdll, bool> isWanted) =>
        KnownNtdlls.All.Where(ntdll => ntdll.Architecture == architecture && isWanted(ntdll)).Select(ntdll => new object[] { ntdll.Version, ntdll.Return });

    private static Confidence X64(ulong returnAddress) => new CallbackFrameFinder(WindowsX64.WithoutSymbols())
        .Examine(new CallbackStackBuilder().Calls().X64Callback(returnAddress: returnAddress).Build()).Frames.Single().Confidence;

    private static Confidence Xp(uint returnAddress) => new CallbackFrameFinder(WindowsX86.WithoutSymbols(WindowsX86.BuildOf(CallbackLayout.X86Xp)))
        .Examine(new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Xp, returnAddress: returnAddress).Build()).Frames.Single().Confidence;
}
