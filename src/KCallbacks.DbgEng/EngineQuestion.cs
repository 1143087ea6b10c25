namespace KCallbacks.DbgEng;

/// <summary>Questions of <c>wdbgexts.h</c> (<c>IG_*</c>), which the engine answers through its older interface for extensions.</summary>
internal enum EngineQuestion : ushort
{
    /// <summary>The data of the .NET runtime: <c>IG_GET_CLR_DATA_INTERFACE</c>.</summary>
    ClrDataInterface = 38,
}
