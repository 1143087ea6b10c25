using System.Security.Cryptography;
using System.Text;
using KCallbacks.Detection.Signatures;

namespace KCallbacks.Detection.Tests.Signatures;

/// <summary>The id is the SHA-256 that everybody's tools make, so that a script can make it, too.</summary>
[TestClass]
public sealed class BucketIdTests
{
    [TestMethod]
    public void An_id_is_the_start_of_the_SHA_256_of_the_text_whatever_its_length()
    {
        var random = new Random(1);
        for (int length = 0; length < 200; length++)
        {
            string text = new([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x20, 0x7ff))]);

            Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8], BucketId.Of(text), $"length {length}");
        }
    }
}
