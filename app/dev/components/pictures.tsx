import { Avatar } from "@/components/avatar";
import { LockPlate } from "@/components/lock-plate";
import { Logo } from "@/components/logo";
import { ProviderIcon } from "@/components/provider-icon";
import { Shelf, Specimen } from "./specimen";

/** What is looked at. */
export function Pictures() {
  return (
    <Shelf title="Pictures">
      <Specimen name="Logo">
        <Logo />
      </Specimen>
      <Specimen name="Avatar large, small, with a picture">
        <div className="flex items-center gap-4">
          <Avatar name="Ada" image={null} size="large" />
          <span className="size-10">
            <Avatar name="Ada" image={null} size="small" />
          </span>
          <Avatar name="Ada" image="/icon.svg" size="large" />
        </div>
      </Specimen>
      <Specimen name="ProviderIcon google, github, any other">
        <div className="flex gap-4">
          {["google", "github", "other"].map((id) => (
            <ProviderIcon key={id} providerId={id} />
          ))}
        </div>
      </Specimen>
      <Specimen name="LockPlate, from 768 px">
        <LockPlate />
      </Specimen>
    </Shelf>
  );
}
