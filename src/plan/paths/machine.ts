/** Paths that belong to the machine that a packed Python runs on. They are neither packed nor read from the tree. */
interface MachineRow {
  path: RegExp;
  reason: string;
}

/** The paths of the machine itself, each with its reason. FHS 3.0 says what the directories are for. */
const machineRows: readonly MachineRow[] = [
  { path: /^\/(?:dev|proc|sys)(?=\/|$)/, reason: 'made by the kernel of the machine' },
  { path: /^\/(?:run|tmp)(?=\/|$)/, reason: 'exists while the machine runs' },
  { path: /^\/(?:boot|home|media|mnt|root|srv|var)(?=\/|$)/, reason: 'data of the machine' },
  {
    path: /^\/etc\/(?:passwd|group|shadow|gshadow|sub[ug]id|shells|login\.defs|nsswitch\.conf|pam\.d|pam\.conf|security|sudoers(?:\.d)?|default|skel)(?=\/|$)/,
    reason: 'the users of the machine',
  },
  {
    path: /^\/etc\/(?:hosts(?:\.\w+)?|host\.conf|hostname|resolv\.conf|gai\.conf|services|protocols|networks|rpc|ethers|netconfig|krb5\.conf(?:\.d)?|ssh)(?=\/|$)/,
    reason: 'the network of the machine',
  },
  {
    path: /^\/etc\/(?:localtime|timezone|adjtime|locale\.conf|vconsole\.conf)$/,
    reason: 'the place of the machine',
  },
  {
    path: /^\/(?:etc|usr\/lib)\/(?:os-release|lsb-release|[\w-]+-release(?:-cpe)?|issue(?:\.net)?|machine-id|machine-info|debian_version)$/,
    reason: 'the identity of the machine',
  },
  {
    path: /^\/etc\/(?:fstab|mtab|filesystems|modprobe\.d|modules|sysctl\.conf|sysctl\.d|selinux|systemd|udev|profile(?:\.d)?|bashrc|environment|crypto-policies|alternatives|X11|xdg)(?=\/|$)/,
    reason: 'the configuration of the machine',
  },
  { path: /^\/etc\/(?:pki|ssl|ca-certificates)(?=\/|$)/, reason: 'the certificates and keys of the machine' },
  {
    path: /^\/etc\/ld\.so\.(?:cache|conf|conf\.d|preload)(?=\/|$)/,
    reason: 'the libraries of the machine, which a packed Python does not use',
  },
  {
    path: /^\/usr\/(?:lib\/locale|share\/i18n)(?=\/|$)/,
    reason: 'locales for the libc of the machine; those of the tree are read by another way',
  },
];

/** Why a path belongs to the machine. Undefined if it does not. */
export function machineReason(path: string): string | undefined {
  return machineRows.find((row) => row.path.test(path))?.reason;
}
