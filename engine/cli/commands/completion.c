/* hedui completion SHELL */
#include "cli/completion.h"

static int run(hedui_cli *cli, const hedui_cli_call *call)
{
    const char *shell = call->arguments[0];
    if (strcmp(shell, "bash") == 0)
        hedui_cli_completion_bash(cli);
    else if (strcmp(shell, "zsh") == 0)
        hedui_cli_completion_zsh(cli);
    else
        hedui_cli_completion_fish(cli);
    return 0;
}

static const char *const shells[] = {"bash", "zsh", "fish", NULL};

const hedui_cli_command hedui_cli_command_completion = {
    .name = "completion",
    .group = HEDUI_CLI_CARE,
    .usage = "bash|zsh|fish",
    .least = 1,
    .most = 1,
    .choices = shells,
    .zh = "输出命令补全脚本",
    .en = "print a script by which a shell completes command lines",
    .more_zh = "bash：在 ~/.bashrc 里写 source <(hedui completion bash)\n"
               "zsh：存为 fpath 中某目录下的 _hedui\n"
               "fish：存为 ~/.config/fish/completions/hedui.fish\n"
               "说明文字用当前语言（--lang）。",
    .more_en = "bash: write source <(hedui completion bash) into ~/.bashrc\n"
               "zsh: keep it as _hedui in a folder of fpath\n"
               "fish: keep it as ~/.config/fish/completions/hedui.fish\n"
               "Descriptions are in the language spoken (--lang).",
    .example = "hedui completion bash",
    .minor = 1,
    .run = run,
};
