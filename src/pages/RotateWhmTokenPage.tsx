import type { CreateTokenFormProps } from '../components/CreateTokenForm'
import { MissingTokenPrivilege } from '../components/MissingTokenPrivilege'
import { RotateFlow } from '../components/RotateFlow'
import { RotateForm } from '../components/RotateForm'
import { whmNameError } from '../components/whmTokenForm'

/** A successor for a token of the WHM user. */
export function RotateWhmTokenPage() {
  return <RotateFlow Form={Form} />
}

function Form(props: CreateTokenFormProps) {
  return (
    <MissingTokenPrivilege account={props.account}>
      <RotateForm {...props} nameErrorOf={whmNameError} />
    </MissingTokenPrivilege>
  )
}
