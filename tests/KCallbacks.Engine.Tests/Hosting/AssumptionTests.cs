using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using KCallbacks.DbgX;
using KCallbacks.Engine.Tests.Engine;

namespace KCallbacks.Engine.Tests.Hosting;

/// <summary>What the library takes from the package is what docs/dbgx.md says, so that anyone who has the package can hold one against the other.</summary>
[TestClass]
public sealed class AssumptionTests
{
    [TestMethod]
    public void Every_member_that_is_used_is_documented()
    {
        string document = File.ReadAllText(Path.Combine(Paths.Repository.Root, "docs", "dbgx.md"));

        (string Type, string Member)[] used = [.. UsedOfPackage()];

        Assert.Contains(("DbgX.DebugEngine", "ShutdownAsync"), used);
        string[] unsaid =
        [
            .. from member in used
               where !document.Contains($"| `{member.Type}` |", StringComparison.Ordinal) || !document.Contains($"`{member.Member}", StringComparison.Ordinal)
               select $"{member.Type}.{member.Member}",
        ];
        Assert.IsEmpty(unsaid, string.Join(", ", unsaid));
    }

    [TestMethod]
    public void The_ordinary_build_leaves_out_what_needs_the_package()
    {
        string[] lines = File.ReadAllLines(Paths.Repository.Solution);
        string[] projects = [.. lines.Where(line => line.StartsWith("Project(", StringComparison.Ordinal) && line.Contains("\"src\\KCallbacks.DbgX", StringComparison.Ordinal)).Select(line => line.Split('"')[^2])];

        Assert.HasCount(2, projects);
        Assert.IsEmpty(lines.Where(line => line.Contains(".Build.0", StringComparison.Ordinal) && projects.Any(line.Contains)));
    }

    /// <summary>Members of the package by the references of the compiled library.</summary>
    private static IEnumerable<(string Type, string Member)> UsedOfPackage()
    {
        using var file = new PEReader(File.OpenRead(typeof(CallbackSession).Assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;
            TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (type.ResolutionScope.Kind != HandleKind.AssemblyReference
                || metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) != "DbgX")
                continue;
            string name = metadata.GetString(member.Name);
            string typeName = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
            yield return (typeName, NameOf(name));
        }
    }

    /// <summary>As it is written: properties and events without what the compiler puts before them, constructors as their type.</summary>
    private static string NameOf(string member) => member == ".ctor" ? "DbgX" : member.Split('_', 2) is ["get" or "set" or "add", var name] ? name : member;
}
