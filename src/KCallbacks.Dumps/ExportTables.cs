using KCallbacks.Detection.Model;

namespace KCallbacks.Dumps;

/// <summary>The export tables of a process's modules, each read once.</summary>
/// <param name="read">Reads memory: address and count; null when it is not all there.</param>
internal sealed class ExportTables(Func<ulong, int, byte[]?> read)
{
    /// <summary>Bytes of export sections that are kept. Those of a large browser's 300 modules take a tenth of it.</summary>
    private const long Most = 64 << 20;

    private readonly Dictionary<ulong, ExportTable> _tables = [];
    private long _size;

    /// <summary>The table of a module; empty when its memory is missing or is no image.</summary>
    public ExportTable Of(Module module)
    {
        if (_tables.TryGetValue(module.Base, out ExportTable? table))
            return table;

        table = _size < Most ? ExportTable.Read(module, read) : ExportTable.Empty;
        _size += table.Size;
        return _tables[module.Base] = table;
    }
}
