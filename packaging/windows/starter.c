/* motcua.exe and motcua-lenh.exe of the installation folder: they start the program in chuong-trinh.

   Shortcuts and scheduled tasks name these files, because chuong-trinh is absent for a moment during an update. An
   update that was cut there is finished here, or undone.

   motcua.exe /cap-nhat PROCESS INSTALLER ARGUMENT...   wait for the process, run the installer silently, start again
   motcua.exe /quay-lai PROCESS ARGUMENT...             wait for the process, take back the former version, start it */

#include "failure.h"

#define TRIES 100
#define PAUSE_MS 100
#define PATIENCE_MS 120000

#ifdef CONSOLE
#define PROGRAM L"motcua-lenh.exe"
#else
#define PROGRAM L"motcua.exe"
#endif

static wchar_t root[LONGEST];

static wchar_t *inside(const wchar_t *name) {
    wchar_t *path = calloc(LONGEST, sizeof *path);
    if (!path) exit(fail(L"Máy hết bộ nhớ. Hãy đóng bớt chương trình rồi mở lại."));
    _snwprintf(path, LONGEST - 1, L"%ls\\%ls", root, name);
    return path;
}

static BOOL exists(const wchar_t *name) { return GetFileAttributesW(inside(name)) != INVALID_FILE_ATTRIBUTES; }

/* A virus scanner may hold a file of the folder for some seconds. */
static BOOL move(const wchar_t *from, const wchar_t *to) {
    for (int tries = 0; tries < TRIES; tries++) {
        if (MoveFileW(inside(from), inside(to))) return TRUE;
        Sleep(PAUSE_MS);
    }
    return FALSE;
}

static void find_root(void) {
    GetModuleFileNameW(NULL, root, LONGEST - 1);
    *wcsrchr(root, L'\\') = 0;
    wchar_t *last = wcsrchr(root, L'\\');
    if (last && !_wcsicmp(last, L"\\cap-nhat")) *last = 0; /* the copy that runs while the installer replaces this file */
}

static void mend(void) {
    if (exists(L"chuong-trinh")) return;
    if (exists(L"moi\\da-thu.txt")) move(L"moi", L"chuong-trinh");
    else if (exists(L"cu")) move(L"cu", L"chuong-trinh");
}

static void append(wchar_t *line, const wchar_t *word) {
    size_t at = wcslen(line);
    if (at) line[at++] = L' ';
    line[at++] = L'"';
    for (const wchar_t *next = word; at < LONGEST - 4; next++) {
        size_t slashes = 0;
        while (*next == L'\\') slashes++, next++;
        size_t written = *next && *next != L'"' ? slashes : 2 * slashes + (*next == L'"');
        while (written-- && at < LONGEST - 4) line[at++] = L'\\';
        if (!*next) break;
        line[at++] = *next;
    }
    line[at++] = L'"';
    line[at] = 0;
}

static HANDLE launch(wchar_t *line, const wchar_t *folder) {
    STARTUPINFOW startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, folder, &startup, &process)) return NULL;
    CloseHandle(process.hThread);
    return process.hProcess;
}

static DWORD result_of(HANDLE process) {
    DWORD status;
    WaitForSingleObject(process, INFINITE);
    if (!GetExitCodeProcess(process, &status)) status = (DWORD)fail(L"Không biết chương trình Một Cửa đã kết thúc thế nào.");
    CloseHandle(process);
    return status;
}

#ifndef CONSOLE
static void take_back(void) {
    wchar_t name[64];
    if (!exists(L"cu")) return;
    _snwprintf(name, 64, L"hong-%lu", GetTickCount());
    if (move(L"chuong-trinh", name) && !move(L"cu", L"chuong-trinh")) move(name, L"chuong-trinh");
}

static void wait_for(const wchar_t *number) {
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, wcstoul(number, NULL, 10));
    if (!process) return; /* it has ended */
    WaitForSingleObject(process, PATIENCE_MS);
    CloseHandle(process);
}

static void update(const wchar_t *installer) {
    wchar_t line[LONGEST] = L"", number[16];
    HWND sign = CreateWindowExW(WS_EX_TOPMOST | WS_EX_DLGMODALFRAME, L"STATIC",
                                L"\n\nMột Cửa đang được cập nhật, khoảng một phút.\nCửa sổ sẽ tự mở lại.",
                                WS_POPUP | WS_BORDER | WS_VISIBLE | SS_CENTER, (GetSystemMetrics(SM_CXSCREEN) - 420) / 2,
                                (GetSystemMetrics(SM_CYSCREEN) - 120) / 2, 420, 120, NULL, NULL, NULL, NULL);
    if (sign) UpdateWindow(sign);
    append(line, installer);
    wcscat(line, L" /S /D=");
    wcscat(line, root); /* the last argument of NSIS, never quoted */
    HANDLE process = launch(line, root);
    DWORD status = process ? result_of(process) : 2;
    _snwprintf(number, 16, L"%lu", status);
    SetEnvironmentVariableW(L"MOTCUA_UPDATE_STATUS", number);
    if (sign) DestroyWindow(sign);
}
#endif

static int start(int count, wchar_t **words) {
    static wchar_t line[LONGEST];
    int first = 1;
    find_root();
#ifndef CONSOLE
    if (count > 3 && !wcscmp(words[1], L"/cap-nhat")) {
        wait_for(words[2]);
        update(words[3]);
        first = 4;
    } else if (count > 2 && !wcscmp(words[1], L"/quay-lai")) {
        wait_for(words[2]);
        take_back();
        first = 3;
    }
#endif
    mend();
    append(line, inside(L"chuong-trinh\\" PROGRAM));
    for (int place = first; place < count; place++) append(line, words[place]);
    HANDLE process = launch(line, NULL);
    if (!process) return fail(MISSING);
#ifdef CONSOLE
    return (int)result_of(process);
#else
    AllowSetForegroundWindow(ASFW_ANY);
    CloseHandle(process);
    return 0;
#endif
}

#ifdef CONSOLE
int wmain(int count, wchar_t **words) { return start(count, words); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE unused, PWSTR line, int show) {
    (void)instance, (void)unused, (void)line, (void)show;
    return start(__argc, __wargv);
}
#endif
