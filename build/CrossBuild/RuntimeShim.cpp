// What Microsoft's C runtime would add to a NativeAOT image, for builds on Linux, where that runtime is not to be had.
// Windows builds link the real one and never see this file. Memory and string functions come from ntdll.dll and
// ucrtbase.dll; here is only what an import library cannot give: the parts that must lie inside the image.
//
// The names and section orders are those of the Microsoft C++ ABI: docs "CRT initialization" (.CRT$XI*, $XC*, $XL*, $XD*),
// "PE format, the .tls section", "/GS (buffer security check)" and "Control Flow Guard".

using size_t = decltype(sizeof 0);
using uintptr_t = unsigned long long;

extern "C" {
__declspec(dllimport) void* __stdcall GetProcessHeap();
__declspec(dllimport) void* __stdcall HeapAlloc(void* heap, unsigned long flags, size_t size);
__declspec(dllimport) int __stdcall HeapFree(void* heap, unsigned long flags, void* memory);
}

// ---- Ending the process when its own state is broken: the CPU instruction of __fastfail ------------------------------

[[noreturn]] static void FailFast(unsigned int code)
{
    asm volatile("int $0x29" : : "c"(code));
    __builtin_unreachable();
}

static constexpr unsigned int FailStackCookie = 2;  // FAST_FAIL_STACK_COOKIE_CHECK_FAILURE
static constexpr unsigned int FailRangeCheck = 8;   // FAST_FAIL_RANGE_CHECK_FAILURE
static constexpr unsigned int FailFatalExit = 7;    // FAST_FAIL_FATAL_APP_EXIT

extern "C" void _purecall() { FailFast(FailFatalExit); }
extern "C" void __report_rangecheckfailure() { FailFast(FailRangeCheck); }

// ---- Memory -----------------------------------------------------------------------------------------------------------

namespace std {
struct nothrow_t {};
extern const nothrow_t nothrow;
const nothrow_t nothrow{};
}

static void* Allocate(size_t size) { return HeapAlloc(GetProcessHeap(), 0, size != 0 ? size : 1); }

static void* AllocateOrFail(size_t size)
{
    void* memory = Allocate(size);
    if (memory == nullptr)
        FailFast(FailFatalExit);
    return memory;
}

static void Free(void* memory)
{
    if (memory != nullptr)
        HeapFree(GetProcessHeap(), 0, memory);
}

void* operator new(size_t size) { return AllocateOrFail(size); }
void* operator new[](size_t size) { return AllocateOrFail(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept { return Allocate(size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return Allocate(size); }
void operator delete(void* memory) noexcept { Free(memory); }
void operator delete[](void* memory) noexcept { Free(memory); }
void operator delete(void* memory, size_t) noexcept { Free(memory); }
void operator delete[](void* memory, size_t) noexcept { Free(memory); }

// ---- Stack probes, stack cookies, guarded calls -------------------------------------------------------------------------

// __chkstk: touches each page of the RAX bytes that the caller is about to take from the stack; changes no register.
asm(R"(
    .globl __chkstk
__chkstk:
    pushq %rcx
    pushq %rax
    leaq 0x18(%rsp), %rcx
    cmpq $0x1000, %rax
    jb 2f
1:  subq $0x1000, %rcx
    testq %rcx, (%rcx)
    subq $0x1000, %rax
    cmpq $0x1000, %rax
    jae 1b
2:  subq %rax, %rcx
    testq %rcx, (%rcx)
    popq %rax
    popq %rcx
    ret

    .globl KCallbacksGuardDispatch
KCallbacksGuardDispatch:
    jmpq *%rax
)");

// Control Flow Guard is off in these images: a guarded call is a plain one. The loader patches nothing, so these stay.
extern "C" void KCallbacksGuardDispatch();
static void GuardCheckNothing() {}
extern "C" void (*__guard_dispatch_icall_fptr)() = KCallbacksGuardDispatch;
extern "C" void (*__guard_check_icall_fptr)() = GuardCheckNothing;

extern "C" uintptr_t __security_cookie = 0x00002B992DDFA232;  // the value documented as "not yet initialised"

static void ChooseSecurityCookie()
{
    constexpr uintptr_t cookieMask = 0x0000FFFFFFFFFFFF;  // x64 cookies keep their upper 16 bits zero
    uintptr_t mixed = __builtin_ia32_rdtsc() ^ reinterpret_cast<uintptr_t>(&mixed) ^ (reinterpret_cast<uintptr_t>(&__security_cookie) << 16);
    __security_cookie = mixed & cookieMask;
}

extern "C" void __security_check_cookie(uintptr_t cookie)
{
    if (cookie != __security_cookie)
        FailFast(FailStackCookie);
}

// Exception handler of functions with a stack cookie: they have no handler of their own, the search goes on.
extern "C" int __GSHandlerCheck(void*, void*, void*, void*)
{
    constexpr int exceptionContinueSearch = 1;
    return exceptionContinueSearch;
}

extern "C" int _fltused = 0x9875;  // marks an image that uses floating point

// ---- Initialisers: the linker sorts the pieces of .CRT by the name after the dollar sign ---------------------------------

using Initializer = void (*)();
using FailingInitializer = int (*)();

#define SECTION_MARK(name) extern "C" __declspec(allocate(name))
#pragma section(".CRT$XIA", long, read)
#pragma section(".CRT$XIZ", long, read)
#pragma section(".CRT$XCA", long, read)
#pragma section(".CRT$XCZ", long, read)
#pragma section(".CRT$XDA", long, read)
#pragma section(".CRT$XDZ", long, read)
#pragma section(".CRT$XLA", long, read)
#pragma section(".CRT$XLC", long, read)
#pragma section(".CRT$XLZ", long, read)
SECTION_MARK(".CRT$XIA") FailingInitializer __xi_a[] = { nullptr };
SECTION_MARK(".CRT$XIZ") FailingInitializer __xi_z[] = { nullptr };
SECTION_MARK(".CRT$XCA") Initializer __xc_a[] = { nullptr };
SECTION_MARK(".CRT$XCZ") Initializer __xc_z[] = { nullptr };
SECTION_MARK(".CRT$XDA") Initializer __xd_a[] = { nullptr };
SECTION_MARK(".CRT$XDZ") Initializer __xd_z[] = { nullptr };

static void Run(Initializer* first, Initializer* end)
{
    for (Initializer* initializer = first; initializer < end; initializer++)
        if (*initializer != nullptr)
            (*initializer)();
}

static bool RunUntilFailure(FailingInitializer* first, FailingInitializer* end)
{
    for (FailingInitializer* initializer = first; initializer < end; initializer++)
        if (*initializer != nullptr && (*initializer)() != 0)
            return false;
    return true;
}

// Destructors at exit do not run: an extension is never unloaded (the engine pins it) and the process frees everything.
extern "C" int atexit(Initializer) { return 0; }

// ---- Thread-local storage: directory, first and last piece of .tls, and initialisers that run once per thread -------------

#pragma section(".tls", long, read, write)
#pragma section(".tls$ZZZ", long, read, write)
extern "C" __declspec(allocate(".tls")) char _tls_start = 0;
extern "C" __declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
extern "C" unsigned int _tls_index = 0;
extern "C" thread_local bool __tls_guard = false;

extern "C" void __stdcall __dyn_tls_init(void*, unsigned long reason, void*)
{
    constexpr unsigned long threadAttach = 2;  // DLL_THREAD_ATTACH
    if (reason != threadAttach || __tls_guard)
        return;
    __tls_guard = true;
    Run(__xd_a, __xd_z);
}

// Called by code that touches a thread-local variable on a thread that was there before the image.
extern "C" void __dyn_tls_on_demand_init() { __dyn_tls_init(nullptr, 2, nullptr); }

using TlsCallback = void(__stdcall*)(void*, unsigned long, void*);
SECTION_MARK(".CRT$XLA") TlsCallback __xl_a = nullptr;
SECTION_MARK(".CRT$XLC") TlsCallback __xl_c = __dyn_tls_init;
SECTION_MARK(".CRT$XLZ") TlsCallback __xl_z = nullptr;

// IMAGE_TLS_DIRECTORY64; the linker points the image's header at the symbol of this name.
struct TlsDirectory
{
    char* start;
    char* end;
    unsigned int* index;
    TlsCallback* callbacks;
    unsigned int zeroFill;
    unsigned int characteristics;
};
extern "C" const TlsDirectory _tls_used = { &_tls_start, &_tls_end, &_tls_index, &__xl_a + 1, 0, 0 };

static bool StartRuntime()
{
    ChooseSecurityCookie();
    if (!RunUntilFailure(__xi_a, __xi_z))
        return false;
    __dyn_tls_on_demand_init();
    Run(__xc_a, __xc_z);
    return true;
}

// ---- Entry points ---------------------------------------------------------------------------------------------------------

#ifdef BUILDS_LIBRARY

extern "C" int __stdcall DllMain(void* module, unsigned long reason, void* reserved);

extern "C" int __stdcall _DllMainCRTStartup(void* module, unsigned long reason, void* reserved)
{
    constexpr unsigned long processAttach = 1;  // DLL_PROCESS_ATTACH
    if (reason == processAttach && !StartRuntime())
        return 0;
    return DllMain(module, reason, reserved);
}

#else

extern "C" {
int wmain(int argc, wchar_t** argv);
__declspec(dllimport) int _configure_wide_argv(int mode);
__declspec(dllimport) int* __p___argc();
__declspec(dllimport) wchar_t*** __p___wargv();
[[noreturn]] __declspec(dllimport) void exit(int code);
}

extern "C" int wmainCRTStartup()
{
    constexpr int startFailed = 255;
    constexpr int unexpandedArguments = 1;  // _crt_argv_unexpanded_arguments
    if (!StartRuntime() || _configure_wide_argv(unexpandedArguments) != 0)
        exit(startFailed);
    exit(wmain(*__p___argc(), *__p___wargv()));
}

#endif
