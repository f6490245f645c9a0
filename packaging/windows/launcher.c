/* motcua.exe and motcua-lenh.exe: CPython's own python313.dll, started on python\program\main.py beside this file.
   Compiled with CONSOLE for motcua-lenh.exe. Nothing is unpacked, nothing is downloaded. */

#include "failure.h"

#include <signal.h>

#define OPTIONS 7

typedef int (*PyMain)(int, wchar_t **);
typedef void (*Handler)(int);
typedef Handler (*Signal)(int, Handler);

/* A library that calls abort() ends the process without a word. The program's own handler has logged the places. */
static void report_abort(int number) {
    (void)number;
    SetLastError(ERROR_PROCESS_ABORTED);
    fail(L"Chương trình Một Cửa đã dừng vì lỗi của máy. Dữ liệu đã lưu không bị ảnh hưởng; hãy mở lại.");
    TerminateProcess(GetCurrentProcess(), FAULT); /* else the runtime of Windows ends it with 0xC0000409 */
}

/* Python has the C runtime ucrtbase.dll, and this program another one. */
static void catch_abort(void) {
    HMODULE runtime = GetModuleHandleW(L"ucrtbase.dll");
    Signal set = runtime ? (Signal)(void *)GetProcAddress(runtime, "signal") : NULL;
    if (set) set(SIGABRT, report_abort);
}

static int start(int count, wchar_t **words) {
    static wchar_t folder[LONGEST], dll[LONGEST], script[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST - 64);
    if (!length || length >= LONGEST - 64) return fail(L"Đường dẫn của chương trình quá dài.");
    *wcsrchr(folder, L'\\') = 0;
    _snwprintf(dll, LONGEST, L"%ls\\python\\python313.dll", folder);
    _snwprintf(script, LONGEST, L"%ls\\python\\program\\main.py", folder);
#ifndef CONSOLE
    /* As from Explorer: a window has no streams, whoever started it. */
    SetStdHandle(STD_INPUT_HANDLE, NULL);
    SetStdHandle(STD_OUTPUT_HANDLE, NULL);
    SetStdHandle(STD_ERROR_HANDLE, NULL);
#endif
    SetDllDirectoryW(L""); /* never a library from the current folder, which may be a stick */
    SetEnvironmentVariableW(L"PYTHONHOME", NULL);
    SetEnvironmentVariableW(L"PYTHONPATH", NULL);
    HMODULE python = LoadLibraryExW(dll, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    PyMain run = python ? (PyMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!run || GetFileAttributesW(script) == INVALID_FILE_ATTRIBUTES)
        return fail(MISSING);
    wchar_t **all = calloc((size_t)count + OPTIONS, sizeof *all);
    if (!all) return fail(L"Máy hết bộ nhớ. Hãy đóng bớt chương trình rồi mở lại.");
    wchar_t *options[] = {words[0], L"-X", L"utf8", L"-E", L"-s", L"-B", script};
    for (int place = 0; place < OPTIONS; place++) all[place] = options[place];
    for (int place = 1; place < count; place++) all[OPTIONS - 1 + place] = words[place];
    catch_abort();
    return run(count + OPTIONS - 1, all);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **words) { return start(count, words); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE unused, PWSTR line, int show) {
    (void)instance, (void)unused, (void)line, (void)show;
    return start(__argc, __wargv);
}
#endif
