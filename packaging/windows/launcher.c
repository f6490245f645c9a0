/* motcua.exe and motcua-lenh.exe: CPython's own python313.dll, started on python\program\main.py beside this file.
   Compiled with CONSOLE for motcua-lenh.exe. Nothing is unpacked, nothing is downloaded. */

#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768
#define OPTIONS 7

typedef int (*PyMain)(int, wchar_t **);

static int fail(const wchar_t *sentence) {
#ifdef CONSOLE
    DWORD length = (DWORD)wcslen(sentence), written;
    HANDLE error = GetStdHandle(STD_ERROR_HANDLE);
    if (!WriteConsoleW(error, sentence, length, &written, NULL)) {
        char bytes[1024];
        int size = WideCharToMultiByte(CP_UTF8, 0, sentence, -1, bytes, sizeof bytes, NULL, NULL);
        if (size > 1) WriteFile(error, bytes, (DWORD)size - 1, &written, NULL);
    }
#else
    MessageBoxW(NULL, sentence, L"Một Cửa", MB_OK | MB_ICONERROR);
#endif
    return 3;
}

static int start(int count, wchar_t **words) {
    static wchar_t folder[LONGEST], dll[LONGEST], script[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST - 64);
    if (!length || length >= LONGEST - 64) return fail(L"Đường dẫn của chương trình quá dài.\n");
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
        return fail(L"Chương trình Một Cửa thiếu tệp. Hãy chạy lại bộ cài Một Cửa; dữ liệu của cơ quan vẫn còn.\n");
    wchar_t **all = calloc((size_t)count + OPTIONS, sizeof *all);
    if (!all) return fail(L"Máy hết bộ nhớ. Hãy đóng bớt chương trình rồi mở lại.\n");
    wchar_t *options[] = {words[0], L"-X", L"utf8", L"-E", L"-s", L"-B", script};
    for (int place = 0; place < OPTIONS; place++) all[place] = options[place];
    for (int place = 1; place < count; place++) all[OPTIONS - 1 + place] = words[place];
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
