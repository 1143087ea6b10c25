using YamlDotNet.RepresentationModel;

namespace KCallbacks.Build.Tests.Outside;

/// <summary>Files of YAML, as trees.</summary>
internal static class Yaml
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Repository.Containing(AppContext.BaseDirectory).Root;

    /// <summary>Reads a file with one document.</summary>
    public static YamlMappingNode Read(string path)
    {
        var stream = new YamlStream();
        using StreamReader reader = File.OpenText(path);
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    /// <summary>The value of a key; null when there is none.</summary>
    public static YamlNode? Find(this YamlNode node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    /// <summary>The text of a key; null when there is none.</summary>
    public static string? Text(this YamlNode node, string key) => (node.Find(key) as YamlScalarNode)?.Value;

    /// <summary>The entries of a key that has a list; none where it is not there.</summary>
    public static IEnumerable<YamlNode> List(this YamlNode node, string key) => node.Find(key) as YamlSequenceNode ?? [];

    /// <summary>The values of a key that has a map; none where it is not there.</summary>
    public static IEnumerable<YamlNode> Values(this YamlNode node, string key) => (node.Find(key) as YamlMappingNode)?.Children.Values ?? [];
}
