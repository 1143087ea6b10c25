// What Microsoft publishes of the interfaces to the data of the .NET runtime, in the form of dbgeng.h: names in the order of the vtables,
// arguments of the methods that are called. From src/coreclr/inc/xclrdata.idl and sospriv.idl of github.com/dotnet/runtime.

DEFINE_GUID(IID_IXCLRDataProcess, 0x5c552ab6, 0xfc09, 0x4cb3, 0x8e, 0x36, 0x22, 0xfa, 0x03, 0xc7, 0x98, 0xb7);

DECLARE_INTERFACE_(IXCLRDataProcess, IUnknown)
{
    STDMETHOD(QueryInterface)(THIS) PURE;
    STDMETHOD(AddRef)(THIS) PURE;
    STDMETHOD(Release)(THIS) PURE;
    STDMETHOD(Flush)(THIS) PURE;
    STDMETHOD(StartEnumTasks)(THIS) PURE;
    STDMETHOD(EnumTask)(THIS) PURE;
    STDMETHOD(EndEnumTasks)(THIS) PURE;
    STDMETHOD(GetTaskByOSThreadID)(THIS_ ULONG id, void** task) PURE;
};

DEFINE_GUID(IID_IXCLRDataTask, 0xa5b0beea, 0xec62, 0x4618, 0x80, 0x12, 0xa2, 0x4f, 0xfc, 0x23, 0x93, 0x4c);

DECLARE_INTERFACE_(IXCLRDataTask, IUnknown)
{
    STDMETHOD(QueryInterface)(THIS) PURE;
    STDMETHOD(AddRef)(THIS) PURE;
    STDMETHOD(Release)(THIS) PURE;
    STDMETHOD(GetProcess)(THIS) PURE;
    STDMETHOD(GetCurrentAppDomain)(THIS) PURE;
    STDMETHOD(GetUniqueID)(THIS) PURE;
    STDMETHOD(GetFlags)(THIS) PURE;
    STDMETHOD(IsSameObject)(THIS) PURE;
    STDMETHOD(GetManagedObject)(THIS) PURE;
    STDMETHOD(GetDesiredExecutionState)(THIS) PURE;
    STDMETHOD(SetDesiredExecutionState)(THIS) PURE;
    STDMETHOD(CreateStackWalk)(THIS_ ULONG flags, void** walk) PURE;
};

DEFINE_GUID(IID_IXCLRDataStackWalk, 0xe59d8d22, 0xada7, 0x49a2, 0x89, 0xb5, 0xa4, 0x15, 0xaf, 0xcf, 0xc9, 0x5f);

DECLARE_INTERFACE_(IXCLRDataStackWalk, IUnknown)
{
    STDMETHOD(QueryInterface)(THIS) PURE;
    STDMETHOD(AddRef)(THIS) PURE;
    STDMETHOD(Release)(THIS) PURE;
    STDMETHOD(GetContext)(THIS_ ULONG flags, ULONG size, ULONG* filled, BYTE* context) PURE;
    STDMETHOD(SetContext)(THIS) PURE;
    STDMETHOD(Next)(THIS) PURE;
    STDMETHOD(GetStackSizeSkipped)(THIS) PURE;
    STDMETHOD(GetFrameType)(THIS) PURE;
    STDMETHOD(GetFrame)(THIS) PURE;
    STDMETHOD(Request)(THIS_ ULONG code, ULONG inSize, BYTE* in, ULONG outSize, BYTE* out) PURE;
};

DEFINE_GUID(IID_ISOSDacInterface, 0x436f00f2, 0xb42a, 0x4b9f, 0x87, 0x0c, 0xe7, 0x3d, 0xb6, 0x6a, 0xe9, 0x30);

DECLARE_INTERFACE_(ISOSDacInterface, IUnknown)
{
    STDMETHOD(QueryInterface)(THIS) PURE;
    STDMETHOD(AddRef)(THIS) PURE;
    STDMETHOD(Release)(THIS) PURE;
    STDMETHOD(GetThreadStoreData)(THIS_ void* data) PURE;
    STDMETHOD(GetAppDomainStoreData)(THIS) PURE;
    STDMETHOD(GetAppDomainList)(THIS) PURE;
    STDMETHOD(GetAppDomainData)(THIS) PURE;
    STDMETHOD(GetAppDomainName)(THIS) PURE;
    STDMETHOD(GetDomainFromContext)(THIS) PURE;
    STDMETHOD(GetAssemblyList)(THIS) PURE;
    STDMETHOD(GetAssemblyData)(THIS) PURE;
    STDMETHOD(GetAssemblyName)(THIS) PURE;
    STDMETHOD(GetModule)(THIS) PURE;
    STDMETHOD(GetModuleData)(THIS) PURE;
    STDMETHOD(TraverseModuleMap)(THIS) PURE;
    STDMETHOD(GetAssemblyModuleList)(THIS) PURE;
    STDMETHOD(GetILForModule)(THIS) PURE;
    STDMETHOD(GetThreadData)(THIS_ ULONG64 thread, void* data) PURE;
    STDMETHOD(GetThreadFromThinlockID)(THIS) PURE;
    STDMETHOD(GetStackLimits)(THIS) PURE;
    STDMETHOD(GetMethodDescData)(THIS) PURE;
    STDMETHOD(GetMethodDescPtrFromIP)(THIS_ ULONG64 ip, ULONG64* method) PURE;
    STDMETHOD(GetMethodDescName)(THIS_ ULONG64 method, ULONG count, WCHAR* name, ULONG* needed) PURE;
    STDMETHOD(GetMethodDescPtrFromFrame)(THIS) PURE;
    STDMETHOD(GetMethodDescFromToken)(THIS) PURE;
    STDMETHOD(GetMethodDescTransparencyData)(THIS) PURE;
    STDMETHOD(GetCodeHeaderData)(THIS) PURE;
    STDMETHOD(GetJitManagerList)(THIS) PURE;
    STDMETHOD(GetJitHelperFunctionName)(THIS) PURE;
    STDMETHOD(GetJumpThunkTarget)(THIS) PURE;
    STDMETHOD(GetThreadpoolData)(THIS) PURE;
    STDMETHOD(GetWorkRequestData)(THIS) PURE;
    STDMETHOD(GetHillClimbingLogEntry)(THIS) PURE;
    STDMETHOD(GetObjectData)(THIS) PURE;
    STDMETHOD(GetObjectStringData)(THIS) PURE;
    STDMETHOD(GetObjectClassName)(THIS_ ULONG64 object, ULONG count, WCHAR* name, ULONG* needed) PURE;
    STDMETHOD(GetMethodTableName)(THIS_ ULONG64 type, ULONG count, WCHAR* name, ULONG* needed) PURE;
    STDMETHOD(GetMethodTableData)(THIS_ ULONG64 type, PVOID data) PURE;
    STDMETHOD(GetMethodTableSlot)(THIS) PURE;
    STDMETHOD(GetMethodTableFieldData)(THIS) PURE;
    STDMETHOD(GetMethodTableTransparencyData)(THIS) PURE;
    STDMETHOD(GetMethodTableForEEClass)(THIS) PURE;
    STDMETHOD(GetFieldDescData)(THIS) PURE;
    STDMETHOD(GetFrameName)(THIS) PURE;
    STDMETHOD(GetPEFileBase)(THIS) PURE;
    STDMETHOD(GetPEFileName)(THIS) PURE;
    STDMETHOD(GetGCHeapData)(THIS) PURE;
    STDMETHOD(GetGCHeapList)(THIS) PURE;
    STDMETHOD(GetGCHeapDetails)(THIS) PURE;
    STDMETHOD(GetGCHeapStaticData)(THIS) PURE;
    STDMETHOD(GetHeapSegmentData)(THIS) PURE;
    STDMETHOD(GetOOMData)(THIS) PURE;
    STDMETHOD(GetOOMStaticData)(THIS) PURE;
    STDMETHOD(GetHeapAnalyzeData)(THIS) PURE;
    STDMETHOD(GetHeapAnalyzeStaticData)(THIS) PURE;
    STDMETHOD(GetDomainLocalModuleData)(THIS) PURE;
    STDMETHOD(GetDomainLocalModuleDataFromAppDomain)(THIS) PURE;
    STDMETHOD(GetDomainLocalModuleDataFromModule)(THIS) PURE;
    STDMETHOD(GetThreadLocalModuleData)(THIS) PURE;
    STDMETHOD(GetSyncBlockData)(THIS_ ULONG number, void* data) PURE;
};

// The same of IDebugFailureAnalysis2, from extsfns.h of the debugger's SDK, which the engine's package lacks.

DEFINE_GUID(IID_IDebugFailureAnalysis2, 0xea15c288, 0x8226, 0x4b70, 0xac, 0xf6, 0x0b, 0xe6, 0xb1, 0x89, 0xe3, 0xad);

DECLARE_INTERFACE_(IDebugFailureAnalysis2, IUnknown)
{
    STDMETHOD(QueryInterface)(THIS) PURE;
    STDMETHOD(AddRef)(THIS) PURE;
    STDMETHOD(Release)(THIS) PURE;
    STDMETHOD_(ULONG, GetFailureClass)(THIS) PURE;
    STDMETHOD_(DEBUG_FAILURE_TYPE, GetFailureType)(THIS) PURE;
    STDMETHOD_(ULONG, GetFailureCode)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, Get)(THIS_ ULONG Tag) PURE;
    STDMETHOD_(PFA_ENTRY, GetNext)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, GetString)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, GetBuffer)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, GetUlong)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, GetUlong64)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, NextEntry)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, SetString)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, SetExtensionCommand)(THIS_ ULONG Tag, PCSTR Extension) PURE;
    STDMETHOD_(PFA_ENTRY, SetUlong)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, SetUlong64)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, SetBuffer)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, AddString)(THIS_ ULONG Tag, PCSTR Str) PURE;
    STDMETHOD_(PFA_ENTRY, AddExtensionCommand)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, AddUlong)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, AddUlong64)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, AddBuffer)(THIS) PURE;
    STDMETHOD(GetDebugFATagControl)(THIS_ IDebugFAEntryTags** FATagControl) PURE;
    STDMETHOD_(PFA_ENTRY, GetAnalysisXml)(THIS) PURE;
    STDMETHOD_(PFA_ENTRY, AddStructuredAnalysisData)(THIS) PURE;
};
