using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KCallbacks.Triage.Store;

/// <summary>A part of the inputs: the shards of one count are disjoint, and together they are all.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct Shard(int Number, int Count)
{
    /// <summary>More cannot be of use: a store has a file of each.</summary>
    private const int Most = 100_000;

    /// <summary>The shard that is all.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads <c>3/10</c>.</summary>
    public static bool TryParse(string text, out Shard shard)
    {
        ArgumentNullException.ThrowIfNull(text);
        shard = default;
        if (text.Split('/') is not [var number, var count] || !TryParseNumber(number, out int i) || !TryParseNumber(count, out int n) || i > n)
            return false;
        shard = new(i, n);
        return true;
    }

    /// <summary>
    /// Whether an input belongs to it: by the first 8 bytes of the SHA-256 of its name, so that every machine says the same whatever else
    /// there is.
    /// </summary>
    /// <param name="name">The input's path relative to the folder that was named, with slashes.</param>
    public bool Holds(string name)
    {
        if (Count == 1)
            return true;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)Count == (ulong)(Number - 1);
    }

    /// <summary>As it was read.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is > 0 and <= Most;
}
