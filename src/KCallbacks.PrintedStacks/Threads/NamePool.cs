using System.Buffers.Binary;
using System.Text;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// Gives the same string for the same bytes, so that a log of a million frames makes a few thousand strings.
/// It forgets everything when it is full, which bounds its memory whatever the log holds.
/// </summary>
internal sealed class NamePool
{
    private const int Slots = 1 << 15;
    private const int MostBytes = 16 << 20;

    private readonly Entry[] _entries = new Entry[Slots];
    private int _bytes;

    private readonly record struct Entry(byte[]? Bytes, string Text);

    /// <summary>The text of <paramref name="name"/>; null when it is empty. Invalid UTF-8 becomes U+FFFD.</summary>
    public string? Get(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return null;

        ref Entry entry = ref _entries[Hash(name) & (Slots - 1)];
        if (entry.Bytes is not null && name.SequenceEqual(entry.Bytes))
            return entry.Text;

        string text = Encoding.UTF8.GetString(name);
        Remember(ref entry, name);
        entry = new Entry(name.ToArray(), text);
        return text;
    }

    private void Remember(ref Entry replaced, ReadOnlySpan<byte> name)
    {
        _bytes += name.Length - (replaced.Bytes?.Length ?? 0);
        if (_bytes <= MostBytes)
            return;
        Array.Clear(_entries);
        _bytes = name.Length;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
        while (name.Length >= sizeof(ulong))
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
            name = name[sizeof(ulong)..];
        }

        foreach (byte letter in name)
            hash = (hash ^ letter) * 0x100000001B3;
        return (uint)(hash ^ (hash >> 32));
    }
}
