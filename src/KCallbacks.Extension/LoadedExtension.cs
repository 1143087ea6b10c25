using KCallbacks.DbgEng;
using KCallbacks.Extension.DataModel;
using KCallbacks.Reports;

namespace KCallbacks.Extension;

/// <summary>What lives between load and unload. Static, because the engine passes nothing to the functions that begin and end it.</summary>
internal static class LoadedExtension
{
    private static DebugEngine? s_engine;
    private static CallbackModel? s_model;

    /// <summary>Adds to the data model. A debugger without one still has the command.</summary>
    public static void Begin()
    {
        s_engine = DebugEngine.Create("dbgeng.dll");
        try
        {
            s_model = CallbackModel.Register(s_engine.Client);
            s_engine.Client.TrySetEventCallbacks(new ChangeCallbacks(TargetChanged)).ThrowIfFailed("SetEventCallbacks");
        }
        catch (EngineCallException exception)
        {
            EndModel();
            new EngineOutput(s_engine.Control).WriteError($"{exception.Message} !{Product.Name} works, dx does not know it.");
        }
    }

    /// <summary>The target moved or was changed, other symbols are there, or another session began or ended.</summary>
    public static void TargetChanged() => s_model?.Forget();

    /// <summary>Removes what was added. The DLL stays in memory, so nothing goes by itself.</summary>
    public static void End()
    {
        EndModel();
        _ = s_engine?.Client.TrySetEventCallbacks(null);
        s_engine?.Dispose();
        s_engine = null;
        GC.Collect();
    }

    private static void EndModel()
    {
        s_model?.Dispose();
        s_model = null;
    }
}
