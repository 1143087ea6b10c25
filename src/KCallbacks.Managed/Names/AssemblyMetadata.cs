using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;
using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Names;

/// <summary>The names in the metadata of one assembly, as it lies in the process's memory.</summary>
internal sealed class AssemblyMetadata
{
    /// <summary>Larger than that of any assembly of .NET; keeps a damaged header from costing gigabytes.</summary>
    private const uint Largest = 64 << 20;

    /// <summary>Types inside of types.</summary>
    private const int DeepestNesting = 16;

    private const uint Signature = 0x424a_5342;
    private const ushort Pe32Plus = 0x20b;
    private const uint HeaderOffset = 0x3c;
    private const uint OptionalHeader = 24;
    private const uint DirectoriesOf32 = 96;
    private const uint DirectoriesOf64 = 112;
    private const uint RuntimeDirectory = 14 * 8;
    private const uint MetadataDirectory = 8;

    private readonly MetadataReader _reader;

    private AssemblyMetadata(MetadataReader reader, string name)
    {
        _reader = reader;
        Name = name;
    }

    /// <summary>The assembly's simple name.</summary>
    public string Name { get; }

    /// <summary>Reads the metadata of an image; null when it is not in memory, or damaged.</summary>
    public static AssemblyMetadata? Read(RuntimeMemory memory, ulong image)
    {
        if (image == 0 || Directory(memory, image) is not { } directory)
            return null;
        if (memory.UInt32At(directory + MetadataDirectory) is not { } offset || memory.UInt32At(directory + MetadataDirectory + sizeof(uint)) is not { } size)
            return null;
        if (size is 0 or > Largest || memory.UInt32At(image + offset) != Signature || memory.Bytes(image + offset, (int)size) is not { } bytes)
            return null;
        try
        {
            MetadataReader reader = MetadataReaderProvider.FromMetadataImage(ImmutableCollectionsMarshal.AsImmutableArray(bytes)).GetMetadataReader();
            return new AssemblyMetadata(reader, reader.IsAssembly ? reader.GetString(reader.GetAssemblyDefinition().Name) : reader.GetString(reader.GetModuleDefinition().Name));
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary><c>Namespace.Type.Method</c> of a row of the table of methods; null when there is none.</summary>
    public string? MethodName(int row)
    {
        if (row < 1 || row > _reader.MethodDefinitions.Count)
            return null;
        try
        {
            MethodDefinition method = _reader.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(row));
            return $"{TypeName(method.GetDeclaringType(), 0)}.{_reader.GetString(method.Name)}";
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary><c>Namespace.Type</c> of a row of the table of types; null when there is none.</summary>
    public string? TypeName(int row)
    {
        if (row < 1 || row > _reader.TypeDefinitions.Count)
            return null;
        try
        {
            return TypeName(MetadataTokens.TypeDefinitionHandle(row), 0);
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    private string TypeName(TypeDefinitionHandle handle, int depth)
    {
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        string name = _reader.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer && depth < DeepestNesting)
            return $"{TypeName(outer, depth + 1)}+{name}";
        return type.Namespace.IsNil ? name : $"{_reader.GetString(type.Namespace)}.{name}";
    }

    /// <summary>The header of the runtime in an image. The loader turns 32-bit headers into 64-bit ones, so both are there.</summary>
    private static ulong? Directory(RuntimeMemory memory, ulong image)
    {
        if (memory.UInt32At(image + HeaderOffset) is not { } header || memory.UInt32At(image + header + OptionalHeader) is not { } magic)
            return null;
        uint directories = (ushort)magic == Pe32Plus ? DirectoriesOf64 : DirectoriesOf32;
        return memory.UInt32At(image + header + OptionalHeader + directories + RuntimeDirectory) is { } offset and not 0 ? image + offset : null;
    }
}
