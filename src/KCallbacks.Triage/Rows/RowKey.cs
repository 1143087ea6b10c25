using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KCallbacks.Triage.Rows;

/// <summary>
/// By what an input is known again: its path, size and time. Half of a SHA-256 stands for them, so that a set of a million takes little
/// memory and no two are taken for one.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct RowKey(UInt128 Value)
{
    /// <summary>The key of an input.</summary>
    public static RowKey Of(string path, long? size, DateTime? modified)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{path}\n{size}\n{modified?.Ticks / TimeSpan.TicksPerSecond}");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>The key of a row's input.</summary>
    public static RowKey Of(TriageRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Of(row.Path, row.Size, row.Modified);
    }
}
