using System.Xml;
using System.Xml.Linq;

namespace KCallbacks.Tool.Install;

/// <summary>XML that anybody may have written: read without entities and only up to a size and depth that ours never has.</summary>
internal static class BoundedXml
{
    /// <summary>Characters of a file.</summary>
    public const int MostCharacters = 1 << 20;

    /// <summary>Elements within each other.</summary>
    public const int MostDepth = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
    };

    /// <summary>The root of a file.</summary>
    /// <exception cref="XmlException">It is no XML, or too large or deep.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static XElement Load(string path)
    {
        using (var reader = XmlReader.Create(path, Settings))
        {
            while (reader.Read())
            {
                if (reader.Depth > MostDepth)
                    throw new XmlException($"{path} has more than {MostDepth} elements within each other.");
            }
        }

        using var second = XmlReader.Create(path, Settings);
        return XElement.Load(second);
    }
}
