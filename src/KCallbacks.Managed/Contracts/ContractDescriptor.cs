using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Managed.Contracts;

/// <summary>
/// What the runtime itself says of its data: the versions of its contracts, where fields lie, where its globals are. It lies in the
/// runtime's image under an exported name.
/// </summary>
/// <remarks>The format is that of the runtime's <c>docs/design/datacontracts/contract-descriptor.md</c>, version 0.</remarks>
internal sealed class ContractDescriptor
{
    private const string Export = "DotNetRuntimeContractDescriptor";
    private const int HeaderSize = 40;

    /// <summary>"DNCCDAC" and a zero.</summary>
    private const ulong Magic = 0x0043_4144_4343_4e44;

    /// <summary>Bit 0 is always set; bit 1 would be of 32-bit processes.</summary>
    private const uint FlagsOf64Bits = 1;

    /// <summary>Several times as large as any version's.</summary>
    private const uint LargestText = 1 << 20;

    private const uint MostPointers = 4096;

    private readonly DescriptorText _text;
    private readonly ulong[] _pointers;

    private ContractDescriptor(DescriptorText text, ulong[] pointers)
    {
        _text = text;
        _pointers = pointers;
    }

    /// <summary>Reads the descriptor of a runtime; null when the image has none, or it is damaged or not of 64 bits.</summary>
    /// <param name="process">The process.</param>
    /// <param name="runtime">Name of the runtime's module.</param>
    public static ContractDescriptor? Read(IProcessView process, string runtime)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (process.FindFunction(runtime, Export) is not { } address || !process.TryRead(address, header))
            return null;
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic || (BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) & 3) != FlagsOf64Bits)
            return null;
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        uint pointers = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        if (size is 0 or > LargestText || pointers > MostPointers)
            return null;

        byte[] json = new byte[size];
        byte[] data = new byte[pointers * sizeof(ulong)];
        return process.TryRead(BinaryPrimitives.ReadUInt64LittleEndian(header[16..]), json)
            && process.TryRead(BinaryPrimitives.ReadUInt64LittleEndian(header[32..]), data)
            && DescriptorText.Parse(json) is { } text
            ? new ContractDescriptor(text, Words(data))
            : null;
    }

    /// <summary>Whether the runtime keeps to a version of a contract.</summary>
    public bool Has(string contract, ulong version) => _text.Contracts.GetValueOrDefault(contract)?.Value == version;

    /// <summary>Offset of a field, or with the field <c>!</c> the size of its type; null when the runtime has none.</summary>
    public uint? OffsetOf(string type, string field) => (uint?)_text.Fields.GetValueOrDefault($"{type}.{field}")?.Value;

    /// <summary>A global: its value, or for those in memory its address; null when the runtime has none.</summary>
    public ulong? Global(string name)
    {
        if (_text.Globals.GetValueOrDefault(name) is not { } global)
            return null;
        if (!global.IsIndirect)
            return global.Value;
        return global.Value < (ulong)_pointers.Length ? _pointers[global.Value] : null;
    }

    private static ulong[] Words(ReadOnlySpan<byte> data)
    {
        ulong[] words = new ulong[data.Length / sizeof(ulong)];
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(data[(i * sizeof(ulong))..]);
        return words;
    }
}
