using System.Security.Cryptography;
using System.Text;
using KCallbacks.Detection.Signatures;

namespace KCallbacks.Signatures.Tests;

/// <summary>One capture of a hang, with the signature that it got.</summary>
/// <param name="Hang">Which hang; captures of one hang have one name.</param>
/// <param name="Variant">How it was captured.</param>
/// <param name="Signature">The signature; null where no hang was seen.</param>
internal sealed record HungCapture(string Hang, string Variant, string? Signature)
{
    /// <summary>
    /// Whether the hang was set aside before the rules of signatures were tuned, to be measured and nothing else: half of them, by the hash of
    /// the name, so that a hang stays on its side when others are added.
    /// </summary>
    public bool IsSetAside => SHA256.HashData(Encoding.UTF8.GetBytes(Hang))[0] % 2 == 0;

    /// <summary>Whether two captures have one bucket, or a partial one that stands under the other's or, with it, under a full one.</summary>
    public bool IsJoinedWith(HungCapture other) => Signature is { } one && other.Signature is { } two && (one == two || SignatureFit.Agree(one, two));

    public override string ToString() => $"{Hang,-60} {Variant,-28} {Signature ?? "none"}";
}
