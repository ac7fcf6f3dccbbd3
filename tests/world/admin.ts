import { caller, seg } from "./http.ts";

export type Admin = ReturnType<typeof adminApi>;

/** The parts of Synapse's Admin API with which the world is made. */
export function adminApi(baseUrl: string, accessToken: string) {
  const call = caller(baseUrl, accessToken);
  const user = (mxid: string) => `/_synapse/admin/v2/users/${seg(mxid)}`;
  return {
    call,
    account: (mxid: string) => call("GET", user(mxid)),
    /** The address counts as verified. */
    setMail: (mxid: string, address: string) => call("PUT", user(mxid), { threepids: [{ medium: "email", address }] }),
    setSuspended: (mxid: string, suspend: boolean) => call("PUT", `/_synapse/admin/v1/suspend/${seg(mxid)}`, { suspend }),
    setLocked: (mxid: string, locked: boolean) => call("PUT", user(mxid), { locked }),
    deactivate: (mxid: string, erase: boolean) => call("POST", `/_synapse/admin/v1/deactivate/${seg(mxid)}`, { erase }),
    /** Makes the server forget the room; resolves when it has. */
    purgeRoom: async (room: string) => {
      const { delete_id } = await call<{ delete_id: string }>("DELETE", `/_synapse/admin/v2/rooms/${seg(room)}`, { purge: true, force_purge: true, block: false });
      return () => call<{ status: string }>("GET", `/_synapse/admin/v2/rooms/delete_status/${delete_id}`);
    },
  };
}
