using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KCallbacks.Build.Packaging;

/// <summary>Pictures as PNG (ISO/IEC 15948): 8 bits per channel, with opacity, no filter.</summary>
internal static class Png
{
    private const byte BitsPerChannel = 8;
    private const byte ColourWithOpacity = 6;
    private const int BytesPerPoint = 4;

    private static readonly byte[] Signature = [0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n'];

    /// <summary>The picture's file.</summary>
    public static byte[] Of(Picture picture) =>
        [.. Signature, .. Chunk("IHDR", Header(picture)), .. Chunk("IDAT", Packed(Rows(picture))), .. Chunk("IEND", [])];

    private static byte[] Header(Picture picture)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = BitsPerChannel;
        header[9] = ColourWithOpacity;
        return header;
    }

    /// <summary>The rows, each after a byte that says that it is not filtered.</summary>
    private static byte[] Rows(Picture picture) => [.. picture.Points.Chunk(picture.Width * BytesPerPoint).SelectMany(row => row.Prepend((byte)0))];

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packer = new ZLibStream(packed, CompressionLevel.SmallestSize))
            packer.Write(content);
        return packed.ToArray();
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        return [.. BigEndian((uint)content.Length), .. named, .. BigEndian(Checksum(named))];
    }

    private static byte[] BigEndian(uint number)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>CRC-32 as ISO/IEC 15948, annex D has it.</summary>
    private static uint Checksum(byte[] content)
    {
        uint sum = uint.MaxValue;
        foreach (byte part in content)
        {
            sum ^= part;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) == 0 ? 0 : 0xedb88320);
        }

        return ~sum;
    }
}
