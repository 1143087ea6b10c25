using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace KCallbacks.Detection.Signatures;

/// <summary>
/// The id of a bucket: the first 8 hexadecimal digits of the SHA-256 (FIPS 180-4) of the signature's UTF-8 bytes. .NET's own SHA-256 brings
/// all of its cryptography into the debugger extension; the few rounds here are held against it by a test.
/// </summary>
internal static class BucketId
{
    private const int Block = 64;

    /// <summary>The bytes that every text gets after its own: a one bit, and its length in bits.</summary>
    private const int Ending = 1 + sizeof(ulong);

    private static ReadOnlySpan<uint> Start => [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private static ReadOnlySpan<uint> Round =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
        0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
        0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
        0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The id of a signature.</summary>
    public static string Of(string signature)
    {
        byte[] text = Encoding.UTF8.GetBytes(signature);
        byte[] padded = new byte[(text.Length + Ending + Block - 1) / Block * Block];
        text.CopyTo(padded, 0);
        padded[text.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - sizeof(ulong)), (ulong)text.Length * 8);

        Span<uint> hash = stackalloc uint[8];
        Start.CopyTo(hash);
        for (int i = 0; i < padded.Length; i += Block)
            Add(padded.AsSpan(i, Block), hash);
        return hash[0].ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Add(ReadOnlySpan<byte> block, Span<uint> hash)
    {
        Span<uint> words = stackalloc uint[Round.Length];
        for (int i = 0; i < words.Length; i++)
            words[i] = i < 16 ? BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]) : words[i - 16] + Small0(words[i - 15]) + words[i - 7] + Small1(words[i - 2]);

        (uint a, uint b, uint c, uint d, uint e, uint f, uint g, uint h) = (hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]);
        for (int i = 0; i < words.Length; i++)
        {
            uint first = h + Large1(e) + ((e & f) ^ (~e & g)) + Round[i] + words[i];
            uint second = Large0(a) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        ReadOnlySpan<uint> added = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < hash.Length; i++)
            hash[i] += added[i];
    }

    private static uint Small0(uint word) => BitOperations.RotateRight(word, 7) ^ BitOperations.RotateRight(word, 18) ^ (word >> 3);

    private static uint Small1(uint word) => BitOperations.RotateRight(word, 17) ^ BitOperations.RotateRight(word, 19) ^ (word >> 10);

    private static uint Large0(uint word) => BitOperations.RotateRight(word, 2) ^ BitOperations.RotateRight(word, 13) ^ BitOperations.RotateRight(word, 22);

    private static uint Large1(uint word) => BitOperations.RotateRight(word, 6) ^ BitOperations.RotateRight(word, 11) ^ BitOperations.RotateRight(word, 25);
}
