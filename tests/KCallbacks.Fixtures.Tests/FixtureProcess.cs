using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Fixtures.Images;
using KCallbacks.Fixtures.Minidumps;

namespace KCallbacks.Fixtures.Tests;

/// <summary>The process of a composed dump, as the detection engine wants to see it; no file and no debugger are involved.</summary>
/// <param name="dump">The dump.</param>
internal sealed class FixtureProcess(UserDump dump) : IProcessView
{
    public Architecture Architecture => dump.Plan.Windows.Architecture;

    public int? WindowsBuild => dump.Plan.Windows.Build;

    public bool IsWine => false;

    public ImmutableArray<Module> Modules { get; } =
        [.. dump.Images.Images.Select(image => new Module(NameOf(dump.Images, image), image.Base, (uint)image.Mapped.Length))];

    public ulong? ProcessEnvironmentBlock => dump.Plan.Content == DumpContent.Full ? dump.Addresses.ProcessBlock : null;

    public bool TryRead(ulong address, Span<byte> destination)
    {
        foreach (MemoryRange range in dump.Memory)
        {
            if (address < range.Address || address - range.Address + (ulong)destination.Length > (ulong)range.Bytes.Length)
                continue;
            range.Bytes.Span.Slice((int)(address - range.Address), destination.Length).CopyTo(destination);
            return true;
        }

        return false;
    }

    public Symbol? FindSymbol(ulong address)
    {
        if (dump.Images.Images.FirstOrDefault(image => address - image.Base < (ulong)image.Mapped.Length) is not { } image)
            return null;

        uint offset = (uint)(address - image.Base);
        (uint rva, Function? function) = NamedFunctions(image).Where(entry => entry.Rva <= offset).LastOrDefault();
        var symbol = new Symbol(NameOf(dump.Images, image), function?.Name, offset - rva, dump.Plan.Names == NameSource.Exports);
        return NearestExport.Judge(symbol, address, image.Base, this);
    }

    /// <summary>Functions without a frame have no unwind data.</summary>
    public ulong? FindFunctionStart(ulong address)
    {
        if (dump.Plan.Content != DumpContent.Full || dump.Images.Images.FirstOrDefault(image => address - image.Base < (ulong)image.Mapped.Length) is not { } image)
            return null;
        (uint rva, Function? function) = image.Functions.Where(entry => entry.Rva <= address - image.Base).LastOrDefault();
        return function is { FrameSize: > 0 } ? image.Base + rva : null;
    }

    public ulong? FindFunction(string module, string function) =>
        dump.Images.Images.FirstOrDefault(image => NameOf(dump.Images, image).Equals(module, StringComparison.OrdinalIgnoreCase)) is { } image
            ? NamedFunctions(image).Select(named => AddressIn(image, named.Function, function)).FirstOrDefault(address => address is not null)
            : null;

    /// <summary>The label within a dispatcher of ARM64 lies where its routine returns to.</summary>
    private static ulong? AddressIn(LinkedImage image, Function function, string name) =>
        function.Name == name ? image.AddressOf(name)
        : function.Labels.Contains(name) ? image.ReturnAddressIn(function.Name)
        : null;

    /// <summary>A debugger puts its base after the name of the second module of a name.</summary>
    private static string NameOf(ImageSet images, LinkedImage image) =>
        images[image.Description.ModuleName] == image ? image.Description.ModuleName : $"{image.Description.ModuleName}_{image.Base:x}";

    private IEnumerable<(uint Rva, Function Function)> NamedFunctions(LinkedImage image) => dump.Plan.Names switch
    {
        NameSource.Symbols => image.Functions,
        NameSource.Exports => image.Functions.Where(named => image.Description.Exports.Contains(named.Function)),
        _ => [],
    };
}
