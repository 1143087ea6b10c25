using KCallbacks.DbgEng;
using KCallbacks.Extension.DataModel;
using KCallbacks.Reports;

namespace KCallbacks.Extension;

/// <summary>What lives between load and unload. Static, because the engine passes nothing to the functions that begin and end it.</summary>
internal static class LoadedExtension
{
    private static CallbackModel? s_model;

    /// <summary>Adds to the data model. A debugger without one still has the command.</summary>
    public static void Begin()
    {
        using DebugEngine engine = DebugEngine.Create("dbgeng.dll");
        try
        {
            s_model = CallbackModel.Register(engine.Client);
        }
        catch (EngineCallException exception)
        {
            new EngineOutput(engine.Control).WriteError($"{exception.Message} !{Product.Name} works, dx does not know it.");
        }
    }

    /// <summary>The target moved, or another session began or ended.</summary>
    public static void TargetMoved() => s_model?.Forget();

    /// <summary>Takes away what was added. The DLL stays in memory, so nothing goes away by itself.</summary>
    public static void End()
    {
        s_model?.Dispose();
        s_model = null;
    }
}
